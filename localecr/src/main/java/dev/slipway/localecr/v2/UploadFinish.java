package dev.slipway.localecr.v2;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.store.Repository;
import dev.slipway.localecr.store.Upload;
import dev.slipway.localecr.store.Uploads;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * {@code PUT /v2/R/blobs/uploads/ID?digest=D}: ends an upload, with the last part or the whole blob as its body, or
 * with none.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#post-then-put">
 *     distribution-spec, POST then PUT</a>
 */
final class UploadFinish implements RepositoryEndpoint {
    private final Uploads uploads;

    UploadFinish(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        Repository repository = call.repository();
        Upload upload = uploads.get(call.argument(), call.name(), call.registry());
        Digest digest = RepositoryCall.digest(call.http().query("digest").orElse(""));
        OptionalLong firstByte = PartRange.firstByte(call.http());
        if (firstByte.isPresent()) {
            upload.append(firstByte.getAsLong(), call.http().body());
        } else {
            upload.appendRest(call.http().body());
        }
        try {
            upload.complete(digest, repository.blobs());
        } finally {
            uploads.end(upload);
        }
        return Answer.of(201)
                .header("Location", call.address("blobs/" + digest))
                .header("Docker-Content-Digest", digest.toString());
    }
}
