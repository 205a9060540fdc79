package dev.slipway.registry.error;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host of a private Amazon ECR registry. Known here only so that its peculiar refusals get a remedy; nothing else
 * depends on it.
 */
record EcrHost(String account, String region) {
    private static final Pattern FORM = Pattern.compile("([0-9]{12})\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]{2,25})\\."
            + "(?:amazonaws\\.com(?:\\.cn)?|amazonaws\\.eu|on\\.aws|on\\.amazonwebservices\\.com\\.cn"
            + "|sc2s\\.sgov\\.gov|c2s\\.ic\\.gov|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov)");

    static Optional<EcrHost> of(String host) {
        Matcher matcher = FORM.matcher(host);
        return matcher.matches() ? Optional.of(new EcrHost(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    String createRepository(String repository) {
        return "aws ecr create-repository --region " + region + " --repository-name " + repository;
    }
}
