package dev.slipway.localecr.v2;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.store.Blobs;
import java.io.IOException;
import java.util.OptionalLong;

/** {@code HEAD /v2/R/blobs/D}: whether this very repository holds the blob, and its size. */
final class BlobHead implements RepositoryEndpoint {
    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        Blobs blobs = call.repository().blobs();
        Digest digest = call.digest();
        OptionalLong size = blobs.size(digest);
        if (size.isEmpty()) {
            return Answer.of(404);
        }
        return Answer.of(200)
                .header("Docker-Content-Digest", digest.toString())
                .body("application/octet-stream", new Answer.FilePart(blobs.path(digest), 0, size.getAsLong()));
    }
}
