package dev.slipway.image.verify;

import dev.slipway.foundation.error.BuildFailedException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.ByteString;

/** How a layer that is not right ends the build. */
final class Differences {
    private static final String REMEDY =
            "build again; if it stays, the disk, the memory or this program is at fault: report it";

    private Differences() {}

    /** The layer and the tree disagree about a path. */
    static BuildFailedException between(ByteString path, String layer, String tree) {
        return failure("/" + path + ": the layer has " + layer + ", the tree has " + tree);
    }

    /** The layer breaks a rule that holds for every layer. */
    static BuildFailedException rule(ByteString path, String how) {
        return failure("/" + path + ": " + how);
    }

    private static BuildFailedException failure(String why) {
        return new BuildFailedException(
                Problem.of("the layer is not what the instruction left", why).remedy(REMEDY));
    }
}
