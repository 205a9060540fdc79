package dev.slipway.aws.ecr;

import static java.util.Objects.requireNonNull;

import dev.slipway.aws.region.Partition;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host name of a private ECR registry.
 *
 * @param account 12 digits
 * @param region e.g. {@code eu-west-1}
 * @param fips whether it is the FIPS endpoint
 * @param dualStack whether it answers over IPv6, too
 * @see <a href="https://docs.aws.amazon.com/general/latest/gr/ecr.html">Amazon ECR endpoints and quotas</a>
 */
public record EcrHost(String account, String region, boolean fips, boolean dualStack) {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern FORM =
            Pattern.compile("([0-9]{12})\\.dkr([.-])ecr(-fips)?\\.([a-z0-9-]{2,25})\\.([a-z0-9.-]+)");

    public EcrHost {
        requireNonNull(account, "account is null");
        requireNonNull(region, "region is null");
        if (!ACCOUNT.matcher(account).matches()) {
            throw new IllegalArgumentException("'" + account + "' is not an account: 12 digits");
        }
        Partition partition = Partition.ofRegion(region)
                .orElseThrow(() -> new IllegalArgumentException("'" + region + "' is not a region"));
        if (dualStack && partition.dualStackRegistrySuffix().isEmpty()) {
            throw new IllegalArgumentException("no registry in " + region + " answers over IPv6");
        }
    }

    /** The registry of that account and region under its plain name. */
    public static EcrHost of(String account, String region) {
        return new EcrHost(account, region, false, false);
    }

    /**
     * Empty unless the whole host is that of a private ECR registry: {@code …amazonaws.com.example.org} is none, nor is a
     * host whose domain belongs to another partition than its region.
     */
    public static Optional<EcrHost> parse(String host) {
        Matcher matcher = FORM.matcher(host);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String region = matcher.group(4);
        String suffix = matcher.group(5);
        boolean dash = matcher.group(2).equals("-");
        Optional<Partition> partition = Partition.ofRegion(region);
        if (partition.isEmpty()) {
            return Optional.empty();
        }
        // the credential helper of AWS takes both dkr.ecr and dkr-ecr before a dual-stack domain
        boolean dualStack =
                partition.get().dualStackRegistrySuffix().filter(suffix::equals).isPresent();
        boolean plain = partition.get().dnsSuffix().equals(suffix) && !dash;
        return dualStack || plain
                ? Optional.of(new EcrHost(matcher.group(1), region, matcher.group(3) != null, dualStack))
                : Optional.empty();
    }

    public Partition partition() {
        return Partition.ofRegion(region).orElseThrow();
    }

    /** The host name. */
    @Override
    public String toString() {
        String suffix = dualStack
                ? partition().dualStackRegistrySuffix().orElseThrow()
                : partition().dnsSuffix();
        return account + (dualStack ? ".dkr-ecr" : ".dkr.ecr") + (fips ? "-fips" : "") + "." + region + "." + suffix;
    }
}
