package dev.slipway.aws.ecr;

import static java.util.Objects.requireNonNull;

import dev.slipway.aws.credentials.AwsLogin;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks ECR, and where.
 *
 * @param endpoint asked instead of each region's own; absent for those
 */
public record EcrAccess(AwsLogin login, Optional<URI> endpoint) {
    public EcrAccess {
        requireNonNull(login, "login is null");
        requireNonNull(endpoint, "endpoint is null");
    }

    /**
     * The endpoint that the environment names, as for every client of AWS: {@code AWS_ENDPOINT_URL_ECR}, else
     * {@code AWS_ENDPOINT_URL}.
     *
     * @throws IllegalArgumentException if it is not an http address
     * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
     *     endpoints</a>
     */
    public static Optional<URI> endpointFrom(Map<String, String> environment) {
        for (String name : new String[] {"AWS_ENDPOINT_URL_ECR", "AWS_ENDPOINT_URL"}) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(address(name, value));
            }
        }
        return Optional.empty();
    }

    private static URI address(String name, String value) {
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is no address", e);
        }
        boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(name + " is not an address like https://HOST");
        }
        return uri;
    }
}
