package dev.slipway.aws.credentials;

import static java.util.Objects.requireNonNull;

/** A way to sign in to AWS. */
public sealed interface AwsLogin {
    /** With an access key that is at hand. */
    record StaticKeys(AwsCredentials credentials) implements AwsLogin {
        public StaticKeys {
            requireNonNull(credentials, "credentials is null");
        }
    }
}
