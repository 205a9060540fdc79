package dev.slipway.engine.plan;

import dev.slipway.foundation.error.Problem;
import java.util.regex.Pattern;

/** Tells what only this version cannot do from what is wrong with a file. */
public final class Unsupported {
    /** How {@link Supported} and the planner put it. */
    private static final Pattern OURS = Pattern.compile("not supported yet|this version");

    private Unsupported() {}

    /** Whether the file is right and the refusal is ours. */
    public static boolean isOurs(Problem problem) {
        return OURS.matcher(problem.what() + ": " + problem.why()).find();
    }
}
