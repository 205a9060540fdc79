package dev.slipway.localecr.sigv4;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.model.Digest;
import dev.slipway.localecr.http.Call;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes the signature that a request ought to have.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">IAM user
 *     guide, create a signed request</a>
 */
final class SignatureV4 {
    private SignatureV4() {}

    /** The signature over the request as it arrived, in hexadecimal. */
    static String of(Call call, byte[] body, SignedHeader header, Secret secret) {
        String timestamp = call.header("X-Amz-Date").orElse("");
        String toSign =
                String.join("\n", "AWS4-HMAC-SHA256", timestamp, header.scope(), hash(canonical(call, body, header)));
        return HexFormat.of().formatHex(hmac(signingKey(header, secret), toSign));
    }

    static String canonical(Call call, byte[] body, SignedHeader header) {
        String headers = header.signedHeaders().stream()
                .map(name -> name + ":" + values(call, name) + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                call.method(),
                canonicalPath(call.target()),
                canonicalQuery(call.target()),
                headers,
                String.join(";", header.signedHeaders()),
                Digest.of(body).hex());
    }

    static byte[] signingKey(SignedHeader header, Secret secret) {
        byte[] key = ("AWS4" + secret.reveal()).getBytes(StandardCharsets.UTF_8);
        for (String part : header.scope().split("/")) {
            key = hmac(key, part);
        }
        return key;
    }

    /** Every service but S3 encodes the path, as it is sent, once more. */
    private static String canonicalPath(URI target) {
        String path = target.getRawPath();
        if (path == null || path.isEmpty()) {
            return "/";
        }
        return Arrays.stream(path.split("/", -1)).map(SignatureV4::encode).collect(Collectors.joining("/"));
    }

    private static String canonicalQuery(URI target) {
        String query = target.getRawQuery();
        if (query == null || query.isEmpty()) {
            return "";
        }
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .map(pair -> reencode(pair[0]) + "=" + (pair.length > 1 ? reencode(pair[1]) : ""))
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private static String values(Call call, String name) {
        return call.headers().getOrDefault(name, List.of()).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    private static String reencode(String text) {
        return encode(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String hash(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
