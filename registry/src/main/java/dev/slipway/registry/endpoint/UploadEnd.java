package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.image.model.Digest;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Scope;
import dev.slipway.registry.error.RegistryErrors.Subject;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * {@code PUT <location>?digest=<digest>} without a body: ends the upload; the registry verifies the digest. Gives the
 * digest that it announces. A session ends once; whether that worked although no answer came, a look at the blob tells.
 */
public record UploadEnd(RegistryTarget target, URI location, Digest digest) implements RegistryCall<Optional<String>> {
    @Override
    public Subject subject() {
        return Subject.UPLOAD_DATA;
    }

    @Override
    public String describe() {
        return "push blob " + digest;
    }

    @Override
    public HttpCall toHttp() {
        String joiner = location.getRawQuery() == null ? "?" : "&";
        String withDigest = location + joiner + "digest=" + UploadStart.encoded(digest.toString());
        return HttpCall.of("PUT", URI.create(withDigest));
    }

    @Override
    public boolean accepts(int status) {
        return status == 201 || status == 204;
    }

    @Override
    public Set<Scope> scopes() {
        return Set.of(new Scope(target.remoteRepository(), true));
    }

    @Override
    public Optional<String> read(HttpAnswer answer) {
        return answer.header("Docker-Content-Digest");
    }
}
