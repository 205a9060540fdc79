package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.HttpCall;
import dev.slipway.image.model.Digest;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.auth.Scope;
import dev.slipway.registry.error.RegistryErrors.Subject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /v2/<name>/blobs/uploads/}: opens an upload session, or mounts the blob from another repository of the
 * registry where it can.
 *
 * @param mountFrom the other repository's name at the endpoint
 */
public record UploadStart(RegistryTarget target, Digest digest, Optional<String> mountFrom)
        implements RegistryCall<UploadStart.Result> {
    @Override
    public Subject subject() {
        return Subject.UPLOAD_START;
    }

    @Override
    public String describe() {
        return mountFrom.isPresent() ? "mount blob " + digest + " from " + mountFrom.get() : "push blob " + digest;
    }

    @Override
    public HttpCall toHttp() {
        String query = mountFrom
                .map(from -> "?mount=" + encoded(digest.toString()) + "&from=" + encoded(from))
                .orElse("");
        return HttpCall.of("POST", target.resolve("blobs/uploads/" + query));
    }

    @Override
    public boolean accepts(int status) {
        return status == 202 || (status == 201 && mountFrom.isPresent());
    }

    @Override
    public Set<Scope> scopes() {
        Set<Scope> scopes = new LinkedHashSet<>();
        scopes.add(new Scope(target.remoteRepository(), true));
        mountFrom.ifPresent(from -> scopes.add(new Scope(from, false)));
        return scopes;
    }

    @Override
    public Result read(HttpAnswer answer) throws IOException {
        return answer.status() == 201 ? new Mounted() : new Session(Location.of(answer, target));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What the registry did. */
    public sealed interface Result {}

    /** The blob is in the repository. */
    public record Mounted() implements Result {}

    /** @param location where the blob's bytes go */
    public record Session(URI location) implements Result {}
}
