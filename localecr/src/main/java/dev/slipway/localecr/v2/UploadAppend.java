package dev.slipway.localecr.v2;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.store.Upload;
import dev.slipway.localecr.store.Uploads;
import java.io.IOException;

/**
 * {@code PATCH /v2/R/blobs/uploads/ID}: takes a part, or the whole blob. Answers 201, where the specification has 202,
 * and a {@code Range} that stays at the end of the first part.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks">
 *     distribution-spec, pushing a blob in chunks</a>
 * @see <a href="https://github.com/aws/containers-roadmap/issues/2831">containers-roadmap 2831, the Range header</a>
 */
final class UploadAppend implements RepositoryEndpoint {
    private final Uploads uploads;

    UploadAppend(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        call.repository();
        Upload upload = uploads.get(call.argument(), call.name(), call.registry());
        long firstByte = PartRange.firstByte(call.http()).orElse(0);
        long reported = upload.append(firstByte, call.http().body());
        return Answer.of(201)
                .header("Location", call.address("blobs/uploads/" + upload.id()))
                .header("Docker-Upload-UUID", upload.id().toString())
                .header("Range", "0-" + Math.max(0, reported - 1));
    }
}
