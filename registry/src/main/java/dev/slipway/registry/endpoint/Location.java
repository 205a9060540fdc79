package dev.slipway.registry.endpoint;

import dev.slipway.foundation.http.HttpAnswer;
import dev.slipway.foundation.http.Origin;
import dev.slipway.registry.RegistryTarget;
import dev.slipway.registry.error.MalformedAnswerException;
import java.net.URI;

/** Where an upload goes on. The address may be relative, and its query belongs to it. */
final class Location {
    private Location() {}

    static URI of(HttpAnswer answer, RegistryTarget target) throws MalformedAnswerException {
        String text = answer.header("Location")
                .orElseThrow(() -> new MalformedAnswerException("the registry gave no address to upload to"));
        URI location;
        Origin origin;
        try {
            location = answer.uri().resolve(text);
            origin = Origin.of(location);
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswerException("the registry gave an address to upload to that cannot be read");
        }
        boolean http = origin.scheme().equals("http") || origin.scheme().equals("https");
        if (!http
                || (target.origin().scheme().equals("https") && !origin.scheme().equals("https"))) {
            throw new MalformedAnswerException(
                    "the registry gave an address to upload to that is not encrypted: " + origin);
        }
        return location;
    }
}
