package dev.slipway.foundation.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;

/** {@link ProxySettings} in the form that the JDK asks for. */
final class EnvironmentProxies extends ProxySelector {
    private static final int DEFAULT_PORT = 80;

    private final ProxySettings settings;

    EnvironmentProxies(ProxySettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Proxy> select(URI address) {
        return settings.proxyFor(address)
                .map(proxy -> List.of(new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(proxy.getHost(), proxy.getPort() >= 0 ? proxy.getPort() : DEFAULT_PORT))))
                .orElse(List.of(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // the exchange itself reports it
    }
}
