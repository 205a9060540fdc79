package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpCall;
import dev.slipway.image.model.Digest;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.error.RegistryErrors.Subject;

/**
 * {@code GET /v2/<name>/blobs/<digest>}. Registries redirect it to other hosts, to addresses that end soon: each attempt
 * begins here.
 *
 * @param offset first byte that is wanted; 0 asks for the whole blob
 */
public record BlobGet(RegistryTarget target, Digest digest, long offset) implements RegistryRequest {
    @Override
    public Subject subject() {
        return Subject.BLOB_GET;
    }

    @Override
    public String describe() {
        return "read blob " + digest;
    }

    @Override
    public HttpCall toHttp() {
        HttpCall call = HttpCall.of("GET", target.resolve("blobs/" + digest));
        return offset == 0 ? call : call.header("Range", "bytes=" + offset + "-");
    }

    @Override
    public boolean accepts(int status) {
        return offset == 0 ? status == 200 : status == 200 || status == 206;
    }
}
