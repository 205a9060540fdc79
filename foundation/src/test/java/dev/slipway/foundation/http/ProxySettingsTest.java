package dev.slipway.foundation.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The variables as curl(1), ENVIRONMENT, and Go's net/http read them. */
class ProxySettingsTest {
    private static final String PROXY = "http://proxy.example:3128";

    @Test
    void eachSchemeHasItsProxy() {
        ProxySettings settings = ProxySettings.from(Map.of("HTTPS_PROXY", PROXY, "http_proxy", "other.example"));
        assertThat(settings.proxyFor(URI.create("https://r.example/"))).contains(URI.create(PROXY));
        assertThat(settings.proxyFor(URI.create("http://r.example/"))).contains(URI.create("http://other.example"));
        assertThat(ProxySettings.none().proxyFor(URI.create("https://r.example/")))
                .isEmpty();
    }

    @Test
    void lowerCaseWins() {
        ProxySettings settings = ProxySettings.from(
                Map.of("HTTPS_PROXY", "http://upper.example", "https_proxy", "http://lower.example"));
        assertThat(settings.https()).contains(URI.create("http://lower.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "'*', https://r.example/, true",
        "r.example, https://r.example/, true",
        "r.example, https://a.r.example/, true",
        ".r.example, https://a.r.example/, true",
        "*.r.example, https://a.r.example/, true",
        "R.EXAMPLE, https://r.example/, true",
        "r.example, https://other-r.example/, false",
        "r.example:443, https://r.example/, true",
        "r.example:8443, https://r.example/, false",
        "'a, b r.example', https://r.example/, true",
        "10.0.0.0/8, https://10.1.2.3/, true",
        "10.0.0.0/8, https://11.1.2.3/, false",
        "10.0.0.0/8, https://r.example/, false",
        "10.0.0.0/99, https://10.1.2.3/, false",
        "'fd00::/8', 'https://[fd00::1]/', true",
        "'[fd00::1]:443', 'https://[fd00::1]/', true",
        "169.254.169.254, http://169.254.169.254/, true",
        "'', https://r.example/, false",
        "'', https://localhost/, true",
        "'', https://127.8.8.8/, true",
        "'', 'https://[::1]:5000/', true",
    })
    void someHostsHaveNone(String direct, String address, boolean none) {
        ProxySettings settings =
                ProxySettings.from(Map.of("HTTPS_PROXY", PROXY, "HTTP_PROXY", PROXY, "NO_PROXY", direct));
        assertThat(settings.proxyFor(URI.create(address)).isEmpty()).isEqualTo(none);
    }

    @ParameterizedTest
    @CsvSource({
        "socks5://u:hunter2@p.example",
        "https://u:hunter2@p.example",
        "http://u:hunter2@",
        "http://u:hunter2@p q"
    })
    void refusesWhatIsNoHttpProxyWithoutShowingItsPassword(String proxy) {
        assertThatThrownBy(() -> ProxySettings.from(Map.of("HTTPS_PROXY", proxy)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }
}
