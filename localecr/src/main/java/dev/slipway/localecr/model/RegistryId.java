package dev.slipway.localecr.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One private registry: an account in a region.
 *
 * @param account 12 digits; a text, since leading zeros count
 * @param region e.g. {@code eu-central-1}
 */
public record RegistryId(String account, String region) {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[0-9a-z-]{2,25}");
    private static final Pattern HOST = Pattern.compile(
            "([0-9]{12})\\.dkr[.-]ecr(?:-fips)?\\.([0-9a-z-]{2,25})\\.(?:amazonaws\\.com(?:\\.cn)?|amazonaws\\.eu|on\\.aws)"
                    + "(?::[0-9]+)?");

    public RegistryId {
        if (!isAccount(account)) {
            throw new IllegalArgumentException("not an account id: " + account);
        }
        if (!isRegion(region)) {
            throw new IllegalArgumentException("not a region: " + region);
        }
    }

    public static boolean isAccount(String text) {
        return ACCOUNT.matcher(text).matches();
    }

    public static boolean isRegion(String text) {
        return REGION.matcher(text).matches();
    }

    /** The registry that a {@code Host} header names; empty for every host that is not ECR's. */
    public static Optional<RegistryId> ofHost(String host) {
        Matcher match = HOST.matcher(host);
        return match.matches() ? Optional.of(new RegistryId(match.group(1), match.group(2))) : Optional.empty();
    }

    public RegistryId withAccount(String newAccount) {
        return new RegistryId(newAccount, region);
    }

    /** The host that this registry has at AWS. */
    public String host() {
        return account + ".dkr.ecr." + region + "." + dnsSuffix();
    }

    public String repositoryUri(RepositoryName name) {
        return host() + "/" + name;
    }

    public String repositoryArn(RepositoryName name) {
        return "arn:" + partition() + ":ecr:" + region + ":" + account + ":repository/" + name;
    }

    /** The partition of an ARN. */
    public String partition() {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        if (region.startsWith("eusc-")) {
            return "aws-eusc";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    private String dnsSuffix() {
        if (region.startsWith("cn-")) {
            return "amazonaws.com.cn";
        }
        return region.startsWith("eusc-") ? "amazonaws.eu" : "amazonaws.com";
    }
}
