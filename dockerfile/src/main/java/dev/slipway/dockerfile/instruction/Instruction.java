package dev.slipway.dockerfile.instruction;

import dev.slipway.foundation.error.Place;

/**
 * One instruction of a Dockerfile. Values that a build expands ({@code $NAME}) are kept as they were written, quotes and
 * escapes included.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#overview">Dockerfile reference</a>
 */
public sealed interface Instruction
        permits Add,
                Arg,
                Cmd,
                Copy,
                Entrypoint,
                Env,
                Expose,
                From,
                Healthcheck,
                Label,
                Maintainer,
                OnBuild,
                Run,
                Shell,
                StopSignal,
                User,
                Volume,
                Workdir {
    /** Where the instruction stands in its file. */
    Origin origin();

    /** The keyword in capitals, e.g. {@code COPY}. */
    String keyword();

    /** The place of the instruction's first character. */
    default Place place() {
        return origin().place();
    }

    /** The logical line as written: continuations joined, comments dropped, without the bodies of heredocs. */
    default String source() {
        return origin().text();
    }
}
