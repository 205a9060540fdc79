package dev.slipway.aws.credentials;

import dev.slipway.foundation.secret.Secret;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Gives the SDK what it signs with; none of its own ways to find credentials is used. */
public final class SdkCredentials {
    private SdkCredentials() {}

    public static AwsCredentialsProvider of(AwsLogin login) {
        return switch (login) {
            case AwsLogin.StaticKeys(AwsCredentials keys) -> StaticCredentialsProvider.create(credentials(keys));
        };
    }

    private static software.amazon.awssdk.auth.credentials.AwsCredentials credentials(AwsCredentials keys) {
        String secret = keys.secretKey().reveal();
        return keys.sessionToken()
                .map(Secret::reveal)
                .<software.amazon.awssdk.auth.credentials.AwsCredentials>map(
                        token -> AwsSessionCredentials.create(keys.accessKeyId(), secret, token))
                .orElseGet(() -> AwsBasicCredentials.create(keys.accessKeyId(), secret));
    }
}
