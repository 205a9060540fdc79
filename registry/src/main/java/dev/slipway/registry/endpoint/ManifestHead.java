package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.image.model.Digest;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.error.RegistryErrors.Subject;
import java.util.Optional;

/**
 * {@code HEAD /v2/<name>/manifests/<reference>}: the digest that is there, if the registry says. A refusal counts as not
 * knowing: an answer to HEAD has no text that could tell why, and the write that follows has.
 *
 * @param reference tag or digest
 */
public record ManifestHead(RegistryTarget target, String reference) implements RegistryCall<Optional<Digest>> {
    @Override
    public Subject subject() {
        return Subject.MANIFEST_GET;
    }

    @Override
    public String describe() {
        return "look for manifest " + reference;
    }

    @Override
    public HttpCall toHttp() {
        return HttpCall.of("HEAD", target.resolve("manifests/" + reference))
                .header("Accept", ManifestGet.ACCEPTED_TYPES);
    }

    @Override
    public boolean accepts(int status) {
        return status == 200 || (status >= 400 && status < 500 && status != 401 && status != 429);
    }

    @Override
    public Optional<Digest> read(HttpAnswer answer) {
        return Optional.of(answer)
                .filter(head -> head.status() == 200)
                .flatMap(head -> head.header("Docker-Content-Digest"))
                .filter(Digest::isDigest)
                .map(Digest::parse);
    }
}
