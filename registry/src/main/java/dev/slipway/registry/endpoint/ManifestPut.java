package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpBody;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Scope;
import dev.slipway.registry.error.RegistryErrors.Subject;
import java.util.Optional;
import java.util.Set;

/**
 * {@code PUT /v2/<name>/manifests/<reference>}; gives the digest that the registry announces, as it wrote it.
 *
 * @param reference tag or digest
 * @param mediaType must be the manifest's own {@code mediaType}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are sent as they are
public record ManifestPut(RegistryTarget target, String reference, byte[] manifest, String mediaType)
        implements RegistryCall<Optional<String>> {
    @Override
    public Subject subject() {
        return Subject.MANIFEST_PUT;
    }

    @Override
    public String describe() {
        return "push manifest " + reference;
    }

    @Override
    public HttpCall toHttp() {
        return HttpCall.of("PUT", target.resolve("manifests/" + reference))
                .header("Content-Type", mediaType)
                .body(HttpBody.of(manifest));
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || status == 201 || status == 202 || status == 204;
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
