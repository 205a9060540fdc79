package dev.slipway.aws.ecr;

import dev.slipway.aws.credentials.SdkCredentials;
import dev.slipway.aws.http.SdkTransport;
import dev.slipway.foundation.http.HttpTransport;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;

/** Makes clients of ECR that take nothing from the machine: no profile, no default chain, no metadata service. */
final class EcrClients {
    private final EcrAccess access;
    private final HttpTransport transport;

    EcrClients(EcrAccess access, HttpTransport transport) {
        this.access = access;
        this.transport = transport;
    }

    EcrAccess access() {
        return access;
    }

    /** A client of the API that belongs to that registry; the caller closes it. */
    EcrClient of(EcrHost host) {
        ProfileFile nothing = ProfileFile.aggregator().build();
        EcrClientBuilder builder = EcrClient.builder()
                .region(Region.of(host.region()))
                .credentialsProvider(SdkCredentials.of(access.login()))
                .httpClient(new SdkTransport(transport))
                .defaultsMode(DefaultsMode.LEGACY)
                .overrideConfiguration(configuration -> configuration
                        .defaultProfileFile(nothing)
                        .defaultProfileName("none")
                        .retryStrategy(RetryMode.STANDARD));
        if (access.endpoint().isPresent()) {
            // the SDK refuses both of the others together with an endpoint
            builder.endpointOverride(access.endpoint().get()).fipsEnabled(false).dualstackEnabled(false);
        } else {
            builder.fipsEnabled(host.fips()).dualstackEnabled(host.dualStack());
        }
        return builder.build();
    }
}
