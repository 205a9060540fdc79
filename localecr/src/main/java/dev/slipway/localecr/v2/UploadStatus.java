package dev.slipway.localecr.v2;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Texts;

/** {@code GET /v2/R/blobs/uploads/ID}: always 404. Nobody resumes an upload at ECR. */
final class UploadStatus implements RepositoryEndpoint {
    @Override
    public Answer handle(RepositoryCall call) {
        throw Reason.UPLOAD_MISSING.refuse(Texts.uploadMissing(call.argument(), call.name(), call.registry()));
    }
}
