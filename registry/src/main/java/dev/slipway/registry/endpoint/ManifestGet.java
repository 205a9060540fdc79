package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.image.model.MediaType;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.error.MalformedAnswerException;
import dev.slipway.registry.error.RegistryErrors.Subject;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code GET /v2/<name>/manifests/<reference>}. Every type that we know is accepted, because some registries convert to
 * what the client names first and others answer 404 to a client that does not name the stored type.
 *
 * @param reference tag or digest
 */
public record ManifestGet(RegistryTarget target, String reference) implements RegistryCall<ManifestGet.Body> {
    /** 4 MiB: what registries take, distribution-spec, "Pushing Manifests". */
    public static final int MOST_BYTES = 4 << 20;

    static final String ACCEPTED_TYPES = String.join(
            ", ",
            MediaType.OCI_INDEX,
            MediaType.OCI_MANIFEST,
            MediaType.DOCKER_MANIFEST_LIST,
            MediaType.DOCKER_MANIFEST);

    @Override
    public Subject subject() {
        return Subject.MANIFEST_GET;
    }

    @Override
    public String describe() {
        return "read manifest " + reference;
    }

    @Override
    public HttpCall toHttp() {
        return HttpCall.of("GET", target.resolve("manifests/" + reference)).header("Accept", ACCEPTED_TYPES);
    }

    @Override
    public boolean accepts(int status) {
        return status == 200;
    }

    @Override
    public Body read(HttpAnswer answer) throws IOException {
        byte[] bytes = answer.body().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new MalformedAnswerException("the manifest is larger than 4 MiB");
        }
        return new Body(bytes, answer.header("Content-Type").orElse(""), answer.header("Docker-Content-Digest"));
    }

    /**
     * What the registry gave.
     *
     * @param announcedDigest as the registry wrote it; not verified
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes whose digest counts
    public record Body(byte[] bytes, String contentType, Optional<String> announcedDigest) {}
}
