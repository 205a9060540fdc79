package dev.slipway.cli.wiring;

import static java.util.Objects.requireNonNull;

import dev.slipway.aws.credentials.AwsCredentials;
import dev.slipway.aws.credentials.AwsLogin;
import dev.slipway.aws.ecr.EcrAccess;
import dev.slipway.aws.ecr.EcrHost;
import dev.slipway.aws.ecr.EcrKeychain;
import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.http.HttpTransport;
import dev.slipway.foundation.secret.Secret;
import dev.slipway.registry.RegistryTarget;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks a stand-in that runs elsewhere on this machine for a password of user {@code AWS}; it welcomes every access key. */
public final class RunningLocalEcr implements Supplier<Secret> {
    private static final AwsLogin ANYBODY = new AwsLogin.StaticKeys(
            new AwsCredentials("AKIALOCALECR00000000", Secret.of("anything"), Optional.empty()));

    private final EcrKeychain keychain;
    private final RegistryTarget target;

    public RunningLocalEcr(HttpTransport transport, URI uri, InstantSource clock) {
        requireNonNull(uri, "uri is null");
        this.keychain = new EcrKeychain(new EcrAccess(ANYBODY, Optional.of(uri)), transport, clock);
        this.target = new RegistryTarget(EcrHost.of("000000000000", "us-east-1").toString(), uri, "any");
    }

    /** @throws ServiceException if nothing answers there, or something that is no stand-in */
    @Override
    public Secret get() {
        try {
            return keychain.credentialFor(target).orElseThrow().password();
        } catch (ServiceException e) {
            throw new ServiceException(
                    Problem.of(
                                    "ask the local ECR for a password",
                                    e.problems().getFirst().why())
                            .at(target.endpoint().toString())
                            .remedy("start one with slipway local-ecr"),
                    e);
        }
    }
}
