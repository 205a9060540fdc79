package dev.slipway.aws.region;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An AWS partition: regions that share accounts, endpoints and a domain. Names and patterns are those of the SDKs'
 * {@code partitions.json}.
 */
public enum Partition {
    AWS("aws", "(?:us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-[0-9]+", "amazonaws.com", "on.aws"),
    CHINA("aws-cn", "cn-[a-z]+-[0-9]+", "amazonaws.com.cn", "on.amazonwebservices.com.cn"),
    GOV_CLOUD("aws-us-gov", "us-gov-[a-z]+-[0-9]+", "amazonaws.com", "on.aws"),
    EUROPEAN_SOVEREIGN("aws-eusc", "eusc-de-[a-z]+-[0-9]+", "amazonaws.eu", ""),
    ISO("aws-iso", "us-iso-[a-z]+-[0-9]+", "c2s.ic.gov", ""),
    ISO_B("aws-iso-b", "us-isob-[a-z]+-[0-9]+", "sc2s.sgov.gov", ""),
    ISO_E("aws-iso-e", "eu-isoe-[a-z]+-[0-9]+", "cloud.adc-e.uk", ""),
    ISO_F("aws-iso-f", "us-isof-[a-z]+-[0-9]+", "csp.hci.ic.gov", "");

    private final String id;
    private final Pattern regions;
    private final String dnsSuffix;
    private final String dualStackRegistrySuffix;

    Partition(String id, String regions, String dnsSuffix, String dualStackRegistrySuffix) {
        this.id = id;
        this.regions = Pattern.compile(regions);
        this.dnsSuffix = dnsSuffix;
        this.dualStackRegistrySuffix = dualStackRegistrySuffix;
    }

    /** The partition that a region of that name is in; empty if no region can have that name. */
    public static Optional<Partition> ofRegion(String region) {
        return Arrays.stream(values())
                .filter(partition -> partition.regions.matcher(region).matches())
                .findFirst();
    }

    /** As ARNs name it, e.g. {@code aws-cn}. */
    public String id() {
        return id;
    }

    /** The end of its endpoints' host names, e.g. {@code amazonaws.com.cn}. */
    public String dnsSuffix() {
        return dnsSuffix;
    }

    /** The end of host names of registries that answer over IPv6, too; empty where there are none. */
    public Optional<String> dualStackRegistrySuffix() {
        return dualStackRegistrySuffix.isEmpty() ? Optional.empty() : Optional.of(dualStackRegistrySuffix);
    }
}
