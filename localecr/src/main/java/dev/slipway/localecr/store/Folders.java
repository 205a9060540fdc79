package dev.slipway.localecr.store;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.model.RepositoryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How things are named on the disk. */
final class Folders {
    private static final int LONGEST = 180;

    private Folders() {}

    /** One level, whatever the name holds: {@code a/b} is stored as {@code a~b}; a name too long for a file gets its hash. */
    static String of(RepositoryName name) {
        String flat = name.value().replace('/', '~');
        return flat.length() <= LONGEST
                ? flat
                : flat.substring(0, LONGEST)
                        + "~~"
                        + Digest.of(flat.getBytes(StandardCharsets.UTF_8)).hex();
    }

    static String of(Digest digest) {
        return digest.algorithm() + "-" + digest.hex();
    }

    static Optional<Digest> digestOf(String fileName) {
        String text = fileName.replaceFirst("-", ":");
        return Digest.isDigest(text) ? Optional.of(Digest.parse(text)) : Optional.empty();
    }

    /** Names in the folder, sorted; none if there is no folder. */
    static List<String> list(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        names.sort(Comparator.naturalOrder());
        return names;
    }

    static void deleteTree(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
