package dev.slipway.registry.testing;

import dev.slipway.foundation.http.HttpSettings;
import dev.slipway.foundation.http.JdkHttpTransport;
import dev.slipway.foundation.retry.Pace;
import dev.slipway.foundation.retry.Retry;
import dev.slipway.foundation.retry.RetryPolicy;
import dev.slipway.image.reference.ImageReference;
import dev.slipway.registry.RegistryMap;
import dev.slipway.registry.auth.Keychain;
import dev.slipway.registry.endpoint.RegistryAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A scripted registry, a real transport, and retries that do not wait but remember for how long they would have. */
public final class Fixture implements AutoCloseable, Pace {
    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final JdkHttpTransport transport = new JdkHttpTransport(HttpSettings.forVersion("test"));
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    public Fixture() throws IOException {}

    public ScriptedRegistry registry() {
        return registry;
    }

    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    public RegistryAccess access(Keychain keychain) {
        return access(RegistryMap.none(), keychain);
    }

    public RegistryAccess access(RegistryMap map, Keychain keychain) {
        return new RegistryAccess(transport, map, keychain, new Retry(RetryPolicy.standard(), this, () -> 0.5));
    }

    public ImageReference name(String repositoryAndTag) {
        return ImageReference.parse(registry.host() + "/" + repositoryAndTag);
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public void pause(Duration duration) {
        pauses.add(duration);
    }

    @Override
    public void close() {
        transport.close();
        registry.close();
    }
}
