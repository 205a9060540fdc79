package dev.slipway.dockerfile.parse;

import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.stage.Dockerfile;
import dev.slipway.foundation.error.Place;

/**
 * Reads Dockerfiles as {@code docker/dockerfile:1} does.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
public final class DockerfileParser {
    private DockerfileParser() {}

    /**
     * Reads a whole file.
     *
     * @param file the file as the user named it, for errors
     * @throws dev.slipway.foundation.error.InvalidInputException with all faults of the file, each at its line and
     *     column
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static Dockerfile parse(String file, byte[] text) {
        throw new UnsupportedOperationException("parse " + file + ", " + text.length + " bytes");
    }

    /**
     * Reads an ONBUILD trigger from an image's config.
     *
     * @param place of the FROM that the trigger runs for; the instruction gets it too
     * @throws dev.slipway.foundation.error.InvalidInputException with all faults of the trigger
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static Instruction parseTrigger(String trigger, Place place) {
        throw new UnsupportedOperationException("parse " + trigger + " at " + place);
    }
}
