package dev.slipway.aws.region;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns and domains: {@code partitions.json} of the AWS SDKs. */
class PartitionTest {
    @ParameterizedTest
    @CsvSource({
        "us-east-1, aws, amazonaws.com",
        "ap-southeast-7, aws, amazonaws.com",
        "il-central-1, aws, amazonaws.com",
        "mx-central-1, aws, amazonaws.com",
        "us-gov-east-1, aws-us-gov, amazonaws.com",
        "cn-northwest-1, aws-cn, amazonaws.com.cn",
        "eusc-de-east-1, aws-eusc, amazonaws.eu",
        "us-iso-west-1, aws-iso, c2s.ic.gov",
        "us-isob-east-1, aws-iso-b, sc2s.sgov.gov",
        "eu-isoe-west-1, aws-iso-e, cloud.adc-e.uk",
        "us-isof-south-1, aws-iso-f, csp.hci.ic.gov"
    })
    void aRegionIsInOnePartition(String region, String id, String domain) {
        Partition partition = Partition.ofRegion(region).orElseThrow();

        assertThat(partition.id()).isEqualTo(id);
        assertThat(partition.dnsSuffix()).isEqualTo(domain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "us", "us-east", "us-east-1a", "xx-east-1", "US-EAST-1", "us-east-1\n", "eusc-fr-east-1"})
    void whatNoRegionIsNamedIsInNone(String region) {
        assertThat(Partition.ofRegion(region)).isEmpty();
    }
}
