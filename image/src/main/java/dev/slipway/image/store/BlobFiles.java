package dev.slipway.image.store;

import dev.slipway.image.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where blobs lie: {@code <algorithm>/<hex>}, as image-spec 1.1 has it for layouts. */
record BlobFiles(Path root) {
    Path directory(Digest digest) {
        return root.resolve(digest.algorithm());
    }

    Path path(Digest digest) {
        return directory(digest).resolve(digest.hex());
    }

    /** All of them, sorted; files of other names are passed over. */
    List<Digest> list() throws IOException {
        List<Digest> digests = new ArrayList<>();
        for (Path algorithm : children(root)) {
            for (Path blob : children(algorithm)) {
                String name = algorithm.getFileName() + ":" + blob.getFileName();
                if (Digest.isDigest(name)) {
                    digests.add(Digest.parse(name));
                }
            }
        }
        digests.sort(null);
        return digests;
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }
}
