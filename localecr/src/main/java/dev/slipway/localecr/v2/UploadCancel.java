package dev.slipway.localecr.v2;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.store.Uploads;
import java.io.IOException;

/** {@code DELETE /v2/R/blobs/uploads/ID}: gives an upload up. */
final class UploadCancel implements RepositoryEndpoint {
    private final Uploads uploads;

    UploadCancel(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public Answer handle(RepositoryCall call) throws IOException {
        call.repository();
        uploads.end(uploads.get(call.argument(), call.name(), call.registry()));
        return Answer.of(204);
    }
}
