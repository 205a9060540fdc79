package dev.slipway.engine.plan;

import dev.slipway.foundation.error.Problem;

/** Refuses, before anything runs, what the language has and this version cannot build yet. */
final class Supported {
    private Supported() {}

    static void check(StageNode node, Faults faults) {
        if (!node.platform().os().equals("linux")) {
            faults.add(
                    node.stage().from().place(),
                    Problem.of("FROM for " + node.platform(), "this version builds images for Linux only"));
        }
    }
}
