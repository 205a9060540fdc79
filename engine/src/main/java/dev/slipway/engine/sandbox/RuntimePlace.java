package dev.slipway.engine.sandbox;

import static java.util.Objects.requireNonNull;

/** What an OCI runtime can do where it runs. */
sealed interface RuntimePlace {
    /**
     * Everything.
     *
     * @param controlGroup as {@code linux.cgroupsPath}
     */
    record OfRoot(String controlGroup) implements RuntimePlace {
        public OfRoot {
            requireNonNull(controlGroup, "controlGroup is null");
        }
    }

    /** Neither control groups nor devices nor {@code sysfs}; devices of the machine are shown by bind mounts. */
    record OfUserNamespace() implements RuntimePlace {}
}
