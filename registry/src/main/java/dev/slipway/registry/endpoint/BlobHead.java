package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.image.model.Digest;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Scope;
import dev.slipway.registry.error.RegistryErrors.Subject;
import java.util.Set;

/**
 * {@code HEAD /v2/<name>/blobs/<digest>}: whether the blob is there. A refusal counts as no: an answer to HEAD has no
 * text that could tell why, and the upload that follows has.
 */
public record BlobHead(RegistryTarget target, Digest digest) implements RegistryCall<Boolean> {
    @Override
    public Subject subject() {
        return Subject.BLOB_GET;
    }

    @Override
    public String describe() {
        return "look for blob " + digest;
    }

    @Override
    public HttpCall toHttp() {
        return HttpCall.of("HEAD", target.resolve("blobs/" + digest));
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || (status >= 400 && status < 500 && status != 401 && status != 429);
    }

    /** The scope of the upload that may follow, so that one token serves both. */
    @Override
    public Set<Scope> scopes() {
        return Set.of(new Scope(target.remoteRepository(), true));
    }

    @Override
    public Boolean read(HttpAnswer answer) {
        return answer.status() == 200;
    }
}
