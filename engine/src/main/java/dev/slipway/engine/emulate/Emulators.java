package dev.slipway.engine.emulate;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Place;
import dev.slipway.foundation.error.Problem;
import dev.slipway.image.model.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this machine runs programs of other architectures with.
 *
 * @param entries as the kernel has them
 * @param isMounted whether the kernel shows them at all
 */
public record Emulators(List<Emulator> entries, boolean isMounted) {
    private static final Path KERNEL = Path.of("/proc/sys/fs/binfmt_misc");
    private static final String REMEDY =
            "register an interpreter with the flag F (Debian's packages qemu-user-static and"
                    + " binfmt-support do), or build with FROM --platform=$BUILDPLATFORM and cross-compile";

    public Emulators {
        entries = List.copyOf(entries);
    }

    /**
     * Checks that this machine can run commands, before any work is done. The kernel is asked only if some are foreign.
     *
     * @param commands a place in the Dockerfile for each platform that has commands
     * @throws MachineException with each platform whose commands this machine cannot run
     */
    public static void requireOnHost(Map<Platform, Place> commands) {
        if (!commands.keySet().stream().allMatch(platform -> isNative(Platform.host(), platform))) {
            in(KERNEL).require(commands);
        }
    }

    static Emulators in(Path directory) {
        if (!Files.exists(directory.resolve("status"))) {
            return new Emulators(List.of(), false);
        }
        try (Stream<Path> files = Files.list(directory)) {
            return new Emulators(
                    files.filter(Emulators::isEntry)
                            .sorted()
                            .map(Emulators::read)
                            .flatMap(Optional::stream)
                            .toList(),
                    true);
        } catch (IOException _) {
            return new Emulators(List.of(), false);
        }
    }

    private static boolean isEntry(Path file) {
        return !file.endsWith("status") && !file.endsWith("register");
    }

    private static Optional<Emulator> read(Path file) {
        try {
            return Emulator.parse(Files.readString(file));
        } catch (IOException _) {
            return Optional.empty(); // taken away meanwhile
        }
    }

    /** @throws MachineException with each platform whose commands these emulators cannot run */
    void require(Map<Platform, Place> commands) {
        List<Problem> problems = new ArrayList<>();
        commands.forEach((platform, place) -> problem(platform)
                .ifPresent(why -> problems.add(
                        new Problem(place.toString(), "RUN for " + platform + " on " + Platform.host(), why, REMEDY))));
        if (!problems.isEmpty()) {
            throw new MachineException(problems.getFirst().and(problems.subList(1, problems.size())));
        }
    }

    /** Why commands of the platform cannot be run; empty if they can. */
    private Optional<String> problem(Platform platform) {
        if (isNative(Platform.host(), platform)) {
            return Optional.empty();
        }
        Optional<byte[]> header = ProgramHeader.of(platform);
        if (header.isEmpty()) {
            return Optional.of("nothing is known of programs for " + platform.architecture());
        }
        if (!isMounted) {
            return Optional.of(
                    "this machine runs programs of its own architecture only: binfmt_misc is not mounted at " + KERNEL);
        }
        List<Emulator> taking = entries.stream()
                .filter(entry -> entry.isEnabled() && entry.takes(header.get()))
                .toList();
        if (taking.isEmpty()) {
            return Optional.of("no interpreter in " + KERNEL + " takes programs for " + platform.architecture());
        }
        if (taking.stream().noneMatch(Emulator::isFixed)) {
            return Optional.of("the interpreter " + taking.getFirst().interpreter()
                    + " is registered without the flag F, so that it is not found in the image");
        }
        return Optional.empty();
    }

    /** A processor runs the programs of all its variants, as far as anybody can tell, and an x86-64 those of 32 bits. */
    static boolean isNative(Platform host, Platform platform) {
        boolean isSame = host.architecture().equals(platform.architecture());
        return isSame
                || (host.architecture().equals("amd64")
                        && platform.architecture().equals("386"));
    }
}
