package dev.slipway.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 15.4; credentials stay with the origin (RFC 6454, 4) that they are for. */
class RedirectsTest {
    private final HttpCall call = HttpCall.of("GET", URI.create("https://a.example/v2/x"))
            .header("AUTHORIZATION", "Basic x")
            .header("Accept", "y");

    @ParameterizedTest
    @CsvSource({
        "/v2/y, true",
        "y?z=1, true",
        "https://a.example:443/z, true",
        "https://A.EXAMPLE/z, true",
        "https://a.example:444/z, false",
        "https://b.example/z, false",
        "//b.example/z, false",
    })
    void credentialsStayWithTheirOrigin(String location, boolean kept) throws IOException {
        HttpCall next = Redirects.next(call, Optional.of(location));
        assertThat(next.headers().containsKey("AUTHORIZATION")).isEqualTo(kept);
        assertThat(next.headers()).containsEntry("Accept", "y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.example/z", "ftp://a.example/", "file:///etc/passwd", "https:///x", "a b"})
    void someAddressesAreNotFollowed(String location) {
        assertThatThrownBy(() -> Redirects.next(call, Optional.of(location))).isInstanceOf(ExchangeException.class);
    }

    @Test
    void aRedirectHasAnAddress() {
        assertThatThrownBy(() -> Redirects.next(call, Optional.empty()))
                .isInstanceOf(ExchangeException.class)
                .hasMessage("a redirect by https://a.example gives no address");
    }

    @Test
    void onlyReadsAreRedirected() {
        assertThat(Redirects.applies(call, 307)).isTrue();
        assertThat(Redirects.applies(call, 304)).isFalse();
        assertThat(Redirects.applies(HttpCall.of("POST", call.uri()), 307)).isFalse();
    }
}
