package dev.slipway.localecr.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.foundation.secret.Secret;
import dev.slipway.image.model.Digest;
import dev.slipway.localecr.http.Call;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * AWS's own examples: the signing of IAM's ListUsers in the guide to Signature Version 4, and {@code get-vanilla} of its
 * test suite.
 */
class SignatureV4Test {
    private static final Secret SECRET = Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static final SignedHeader LIST_USERS =
            SignedHeader.parse("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE_________/20150830/us-east-1/iam/aws4_request, "
                    + "SignedHeaders=content-type;host;x-amz-date, "
                    + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");

    private static Call listUsers() {
        return new Call(
                "GET",
                URI.create("/?Action=ListUsers&Version=2010-05-08"),
                Map.of(
                        "Host", List.of("iam.amazonaws.com"),
                        "Content-Type", List.of("application/x-www-form-urlencoded; charset=utf-8"),
                        "X-Amz-Date", List.of("20150830T123600Z")),
                InputStream.nullInputStream());
    }

    @Test
    void hashesTheCanonicalRequestAsTheGuideDoes() {
        String canonical = SignatureV4.canonical(listUsers(), new byte[0], LIST_USERS);

        assertThat(Digest.of(canonical.getBytes(StandardCharsets.UTF_8)).hex())
                .isEqualTo("f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59");
    }

    @Test
    void derivesTheSigningKeyOfTheGuide() {
        assertThat(HexFormat.of().formatHex(SignatureV4.signingKey(LIST_USERS, SECRET)))
                .isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    @Test
    void computesTheSignatureOfTheGuide() {
        assertThat(SignatureV4.of(listUsers(), new byte[0], LIST_USERS, SECRET)).isEqualTo(LIST_USERS.signature());
    }

    @Test
    void computesTheSignatureOfGetVanilla() {
        SignedHeader header = SignedHeader.parse(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE_________/20150830/us-east-1/service/aws4_request, "
                        + "SignedHeaders=host;x-amz-date, "
                        + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        Call call = new Call(
                "GET",
                URI.create("/"),
                Map.of("Host", List.of("example.amazonaws.com"), "X-Amz-Date", List.of("20150830T123600Z")),
                InputStream.nullInputStream());

        assertThat(SignatureV4.of(call, new byte[0], header, SECRET)).isEqualTo(header.signature());
    }

    @Test
    void sortsAndEncodesTheQueryAndThePath() {
        Call call = new Call(
                "GET",
                URI.create("/a%20b/c?z=1&a=%7E*&b"),
                Map.of("Host", List.of("  h  i ")),
                InputStream.nullInputStream());
        SignedHeader header = new SignedHeader("A", "20150830", "r1", "s", List.of("host"), "0".repeat(64));

        assertThat(SignatureV4.canonical(call, new byte[0], header))
                .startsWith("GET\n/a%2520b/c\na=~%2A&b=&z=1\nhost:h i\n\nhost\n");
    }
}
