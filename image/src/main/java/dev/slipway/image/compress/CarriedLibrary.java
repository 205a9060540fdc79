package dev.slipway.image.compress;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.linux.LoadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A native library that a jar carries. Libraries that the machine has are never used: others, or other versions, give
 * other bytes, and the digest of a layer must not depend on the machine that made it.
 *
 * @param name for messages
 * @param resource where the jar has it
 * @param anchor a class of that jar
 */
record CarriedLibrary(String name, String resource, Class<?> anchor) {
    /** Makes a file of the content; empty where there is no such place. */
    @FunctionalInterface
    interface Place {
        Optional<Path> put(String name, InputStream content) throws IOException;
    }

    /** Loads a file into this process. */
    @FunctionalInterface
    interface Loader<T> {
        /** @throws IllegalArgumentException or {@code UnsatisfiedLinkError} if it cannot be loaded from there */
        T load(Path file);
    }

    private static final List<Place> PLACES = List.of(
            LoadableFile::inMemory, (name, content) -> Optional.of(LoadableFile.inTemporaryDirectory(name, content)));

    <T> T load(Loader<T> loader) {
        return load(loader, PLACES);
    }

    /**
     * Tries one place after the other.
     *
     * @throws MachineException if it can be loaded from none
     */
    <T> T load(Loader<T> loader, List<Place> places) {
        List<String> refusals = new ArrayList<>();
        for (Place place : places) {
            try (InputStream content = anchor.getResourceAsStream(resource)) {
                if (content == null) {
                    throw cannotLoad("there is none for " + System.getProperty("os.arch"), "");
                }
                Optional<Path> file = place.put(name, content);
                if (file.isPresent()) {
                    return loader.load(file.get());
                }
                refusals.add("the kernel gives no files in memory");
            } catch (IOException | IllegalArgumentException | UnsatisfiedLinkError e) {
                refusals.add(String.valueOf(e.getMessage()));
            }
        }
        throw cannotLoad(
                String.join("; ", refusals),
                "allow memfd_create, or set SLIPWAY_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY to one that may hold programs"
                        + " (mounted without noexec); no other library takes its place, since layers would get other"
                        + " digests");
    }

    private MachineException cannotLoad(String why, String remedy) {
        return new MachineException(
                Problem.of("cannot load " + name + ", which writes layers", why).remedy(remedy));
    }
}
