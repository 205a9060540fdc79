package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpBody;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.image.transfer.BlobSource;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Scope;
import dev.slipway.registry.error.RegistryErrors.Subject;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/**
 * {@code PATCH <location>} with the whole blob; gives the address that ends the upload. Without {@code Content-Range},
 * as every large client sends it. The specification's answer is 202, Amazon ECR's is 201. Never to be repeated in the
 * same session: the registry may have kept the first bytes.
 */
public record UploadData(RegistryTarget target, URI location, BlobSource blob) implements RegistryCall<URI> {
    @Override
    public Subject subject() {
        return Subject.UPLOAD_DATA;
    }

    @Override
    public String describe() {
        return "push blob " + blob.descriptor().digest();
    }

    @Override
    public HttpCall toHttp() {
        return HttpCall.of("PATCH", location)
                .header("Content-Type", "application/octet-stream")
                .body(new HttpBody.Stream(blob.descriptor().size(), blob::open));
    }

    @Override
    public boolean accepts(int status) {
        return status == 201 || status == 202 || status == 204;
    }

    @Override
    public Set<Scope> scopes() {
        return Set.of(new Scope(target.remoteRepository(), true));
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public URI read(HttpAnswer answer) throws IOException {
        return answer.header("Location").isPresent() ? Location.of(answer, target) : location;
    }
}
