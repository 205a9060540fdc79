package dev.slipway.dockerfile.instruction;

import static java.util.Objects.requireNonNull;

/** One source of COPY or ADD. */
public sealed interface CopySource {
    /** A path, wildcard, URL or git reference; to be expanded. */
    record Named(String text) implements CopySource {
        public Named {
            requireNonNull(text, "text is null");
        }
    }

    /** A file whose content stands in the Dockerfile. */
    record Inline(Heredoc heredoc) implements CopySource {
        public Inline {
            requireNonNull(heredoc, "heredoc is null");
        }
    }
}
