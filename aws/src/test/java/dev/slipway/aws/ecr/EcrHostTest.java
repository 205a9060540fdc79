package dev.slipway.aws.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.aws.region.Partition;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected hosts: Amazon ECR endpoints, and the tests of the credential helper of AWS. */
class EcrHostTest {
    @ParameterizedTest
    @CsvSource({
        "012345678901.dkr.ecr.us-east-1.amazonaws.com, AWS, false, false",
        "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com, AWS, true, false",
        "123456789012.dkr-ecr.eu-west-1.on.aws, AWS, false, true",
        "123456789012.dkr-ecr-fips.us-west-2.on.aws, AWS, true, true",
        "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com, GOV_CLOUD, false, false",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, CHINA, false, false",
        "123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn, CHINA, false, true",
        "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu, EUROPEAN_SOVEREIGN, false, false",
        "123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov, ISO, false, false",
        "123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov, ISO_B, false, false",
        "123456789012.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk, ISO_E, false, false",
        "123456789012.dkr.ecr.us-isof-south-1.csp.hci.ic.gov, ISO_F, false, false"
    })
    void readsTheHostsOfAllPartitionsAndSpellsThemTheSame(
            String text, Partition partition, boolean fips, boolean dual) {
        EcrHost host = EcrHost.parse(text).orElseThrow();

        assertThat(host.account()).isEqualTo(text.substring(0, 12));
        assertThat(host.partition()).isEqualTo(partition);
        assertThat(host.fips()).isEqualTo(fips);
        assertThat(host.dualStack()).isEqualTo(dual);
        assertThat(host).hasToString(text);
    }

    @Test
    void readsTheDottedFormBeforeADualStackDomain() {
        assertThat(EcrHost.parse("123456789012.dkr.ecr.cn-north-1.on.amazonwebservices.com.cn"))
                .contains(new EcrHost("123456789012", "cn-north-1", false, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io",
                "public.ecr.aws",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com.fake.example.com",
                "x.123456789012.dkr.ecr.us-east-1.amazonaws.com",
                "12345678901.dkr.ecr.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com:443",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com.cn",
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com",
                "123456789012.dkr-ecr.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr.nowhere.amazonaws.com",
                "123456789012.dkr.ecr.us-east-1.amazonawsxcom",
                ""
            })
    void takesNothingElseForAHostOfEcr(String text) {
        assertThat(EcrHost.parse(text)).isEqualTo(Optional.empty());
    }

    @Test
    void namesARegistryByAccountAndRegion() {
        assertThat(EcrHost.of("012345678901", "cn-northwest-1"))
                .hasToString("012345678901.dkr.ecr.cn-northwest-1.amazonaws.com.cn");
        assertThatIllegalArgumentException().isThrownBy(() -> EcrHost.of("12345678901", "us-east-1"));
        assertThatIllegalArgumentException().isThrownBy(() -> EcrHost.of("123456789012", "us-east"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EcrHost("123456789012", "us-iso-east-1", false, true));
    }
}
