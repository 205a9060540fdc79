package dev.slipway.localecr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts and names of the partitions. */
class RegistryIdTest {
    @ParameterizedTest
    @CsvSource({
        "000000000001.dkr.ecr.us-east-1.amazonaws.com, 000000000001, us-east-1",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com:443, 123456789012, us-east-1",
        "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com, 123456789012, us-gov-west-1",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, 123456789012, cn-north-1",
        "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu, 123456789012, eusc-de-east-1",
        "123456789012.dkr-ecr.eu-west-1.on.aws, 123456789012, eu-west-1",
    })
    void isReadFromTheHost(String host, String account, String region) {
        assertThat(RegistryId.ofHost(host)).contains(new RegistryId(account, region));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:5000",
                "localhost",
                "12345678901.dkr.ecr.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com.fake.example.com",
                "x.123456789012.dkr.ecr.us-east-1.amazonaws.com",
            })
    void isNotReadFromOtherHosts(String host) {
        assertThat(RegistryId.ofHost(host)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, aws, 123456789012.dkr.ecr.eu-west-1.amazonaws.com/app",
        "cn-north-1, aws-cn, 123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app",
        "us-gov-west-1, aws-us-gov, 123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/app",
        "eusc-de-east-1, aws-eusc, 123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/app",
    })
    void namesRepositoriesByPartition(String region, String partition, String uri) {
        RegistryId registry = new RegistryId("123456789012", region);
        RepositoryName name = new RepositoryName("app");

        assertThat(registry.repositoryUri(name)).isEqualTo(uri);
        assertThat(registry.repositoryArn(name))
                .isEqualTo("arn:" + partition + ":ecr:" + region + ":123456789012:repository/app");
    }

    @Test
    void keepsTheLeadingZerosOfAnAccount() {
        assertThat(new RegistryId("000000000001", "us-east-1").account()).isEqualTo("000000000001");
        assertThatThrownBy(() -> new RegistryId("1", "us-east-1")).hasMessageContaining("not an account id");
    }
}
