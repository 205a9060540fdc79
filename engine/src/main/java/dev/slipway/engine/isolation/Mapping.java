package dev.slipway.engine.isolation;

import dev.slipway.foundation.linux.IdMap;
import dev.slipway.foundation.linux.UserNamespace;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Keeps files of different user namespaces apart: owners on the disk are those of the outside, and mean somebody else as
 * soon as the ranges of a user change.
 */
final class Mapping {
    private Mapping() {}

    /** A directory in this one, or itself in the namespace that the machine starts with. */
    static Path directory(Path parent, UserNamespace namespace) {
        return namespace.isInitial()
                ? parent
                : parent.resolve("users-" + name(namespace.users()) + "-groups-" + name(namespace.groups()));
    }

    private static String name(IdMap map) {
        return map.ranges().stream()
                .map(range -> range.inside() + "." + range.outside() + "." + range.count())
                .collect(Collectors.joining("_"));
    }
}
