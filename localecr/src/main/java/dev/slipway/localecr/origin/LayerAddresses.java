package dev.slipway.localecr.origin;

import dev.slipway.image.model.Digest;
import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.key.ServerKey;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.RepositoryName;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Makes and checks the presigned addresses of layers: valid for GET, for some minutes, without further credentials. */
public final class LayerAddresses {
    private static final String PURPOSE = "layer address";
    private static final Duration VALID = Duration.ofMinutes(10);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final ServerKey key;
    private final InstantSource clock;
    private final int port;

    /** @param port where the second origin listens */
    public LayerAddresses(ServerKey key, InstantSource clock, int port) {
        this.key = key;
        this.clock = clock;
        this.port = port;
    }

    /** What an address may turn out to be. */
    enum Verdict {
        GOOD,
        EXPIRED,
        FORGED
    }

    /** The address of a layer, on the host by which the client reaches the registry. */
    public URI sign(String clientHost, RegistryId registry, RepositoryName name, Digest digest) {
        String path = "/prod-" + registry.region() + "-starport-layer-bucket/" + registry.account() + "/" + name + "/"
                + digest;
        String date = STAMP.format(clock.instant());
        String seconds = Long.toString(VALID.toSeconds());
        String signature = key.sign(PURPOSE, path + "\n" + date + "\n" + seconds);
        return URI.create("http://" + hostOf(clientHost) + ":" + port + path
                + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=" + date + "&X-Amz-Expires=" + seconds
                + "&X-Amz-SignedHeaders=host&X-Amz-Signature=" + signature);
    }

    Verdict check(Call call) {
        String date = call.query("X-Amz-Date").orElse("");
        String seconds = call.query("X-Amz-Expires").orElse("");
        String signature = call.query("X-Amz-Signature").orElse("");
        if (!key.signed(PURPOSE, call.path() + "\n" + date + "\n" + seconds, signature)) {
            return Verdict.FORGED;
        }
        return end(date, seconds).filter(end -> clock.instant().isBefore(end)).isPresent()
                ? Verdict.GOOD
                : Verdict.EXPIRED;
    }

    private static Optional<Instant> end(String date, String seconds) {
        try {
            return Optional.of(STAMP.parse(date, Instant::from).plusSeconds(Long.parseLong(seconds)));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String hostOf(String clientHost) {
        if (RegistryId.ofHost(clientHost).isPresent()) {
            return "127.0.0.1";
        }
        try {
            String host = URI.create("http://" + clientHost).getHost();
            return host == null ? "127.0.0.1" : host;
        } catch (IllegalArgumentException e) {
            return "127.0.0.1";
        }
    }
}
