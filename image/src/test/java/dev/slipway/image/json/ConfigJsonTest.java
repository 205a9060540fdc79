package dev.slipway.image.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.Healthcheck;
import dev.slipway.image.model.History;
import dev.slipway.image.model.ImageConfig;
import dev.slipway.image.model.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Image-spec 1.1, config, with the fields that Docker adds: Healthcheck, OnBuild, Shell. */
class ConfigJsonTest {
    private static final Digest LAYER = Digest.of("layer".getBytes(UTF_8));
    private static final Instant TIME = Instant.parse("2024-02-29T12:00:00.12Z");

    private static ImageConfig read(String text) {
        return ImageJson.readConfig(text.replace('\'', '"').getBytes(UTF_8));
    }

    private static ImageConfig full() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("b", "2");
        labels.put("a", "1");
        ContainerConfig container = new ContainerConfig(
                "1000:1000",
                List.of("PATH=/bin", "EMPTY="),
                Optional.of(List.of("/entry")),
                Optional.of(List.of("a", "b")),
                "/work",
                labels,
                new TreeSet<>(List.of("80/tcp", "53/udp")),
                new TreeSet<>(List.of("/data")),
                "SIGINT",
                Optional.of(new Healthcheck(
                        List.of("CMD-SHELL", "true"),
                        Duration.ofSeconds(30),
                        Duration.ofMillis(1500),
                        Duration.ZERO,
                        Duration.ZERO,
                        3)),
                Optional.of(List.of("/bin/bash", "-c")),
                List.of("RUN true"),
                true);
        return new ImageConfig(
                Optional.of(TIME),
                "me",
                new Platform("linux", "arm64", "v8", ""),
                container,
                List.of(LAYER),
                List.of(
                        new History(Optional.of(TIME), "RUN true # buildkit", "me", "buildkit.dockerfile.v0", false),
                        new History(Optional.empty(), "CMD [\"a\" \"b\"]", "", "", true)));
    }

    @Test
    void isWrittenAsDockerCompatibleToolsDo() {
        assertThat(ImageJson.writeConfig(full())).asString(UTF_8).isEqualTo("""
                {"architecture":"arm64","author":"me","config":{"User":"1000:1000",\
                "ExposedPorts":{"53/udp":{},"80/tcp":{}},"Env":["PATH=/bin","EMPTY="],"Entrypoint":["/entry"],\
                "Cmd":["a","b"],"Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":30000000000,\
                "Timeout":1500000000,"Retries":3},"ArgsEscaped":true,"Volumes":{"/data":{}},"WorkingDir":"/work",\
                "Labels":{"a":"1","b":"2"},"OnBuild":["RUN true"],"StopSignal":"SIGINT","Shell":["/bin/bash","-c"]},\
                "created":"2024-02-29T12:00:00.12Z","history":[{"created":"2024-02-29T12:00:00.12Z",\
                "created_by":"RUN true # buildkit","author":"me","comment":"buildkit.dockerfile.v0"},\
                {"created_by":"CMD [\\"a\\" \\"b\\"]","empty_layer":true}],"os":"linux",\
                "rootfs":{"type":"layers","diff_ids":["%s"]},"variant":"v8"}""".formatted(LAYER));
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        assertThat(ImageJson.readConfig(ImageJson.writeConfig(full()))).isEqualTo(full());
    }

    @Test
    void whatIsNotSetIsNotWritten() {
        ImageConfig config = new ImageConfig(
                Optional.empty(), "", Platform.of("linux", "amd64"), ContainerConfig.EMPTY, List.of(), List.of());
        assertThat(ImageJson.writeConfig(config)).asString(UTF_8).isEqualTo("""
                {"architecture":"amd64","config":{},"history":[],"os":"linux",\
                "rootfs":{"type":"layers","diff_ids":[]}}""");
    }

    @Test
    void nullsOfDockerAreAbsentAndItsOldFieldsNoMatter() {
        ImageConfig config = read("""
                {'architecture': 'amd64', 'os': 'linux', 'created': '2015-01-01T00:00:00Z', 'docker_version': '1.6',
                 'container': 'abc', 'container_config': {'Hostname': 'x', 'Cmd': ['/bin/sh']}, 'history': null,
                 'config': {'Hostname': '', 'AttachStdin': false, 'ExposedPorts': null, 'Env': null, 'Cmd': null,
                            'Entrypoint': [], 'Volumes': null, 'Labels': null, 'OnBuild': null, 'Healthcheck': null,
                            'Image': 'sha256:0', 'MacAddress': '', 'NetworkDisabled': false, 'User': null},
                 'rootfs': {'type': 'layers'}}""");
        ContainerConfig expected = new ContainerConfig(
                "",
                List.of(),
                Optional.of(List.of()),
                Optional.empty(),
                "",
                Map.of(),
                new TreeSet<>(),
                new TreeSet<>(),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
        assertThat(config.config()).isEqualTo(expected);
        assertThat(config.diffIds()).isEmpty();
    }

    @Test
    void commandOfOneStringIsAListOfOneAsDockerReadsIt() {
        assertThat(read("{'config': {'Cmd': '/bin/app', 'Entrypoint': ''}}").config())
                .satisfies(config -> {
                    assertThat(config.cmd()).contains(List.of("/bin/app"));
                    assertThat(config.entrypoint()).contains(List.of(""));
                });
    }

    /** RFC 3339, section 5.6; fractions beyond the nanosecond are cut, as in Go. */
    @ParameterizedTest
    @CsvSource({
        "2024-01-02T03:04:05Z,                 2024-01-02T03:04:05Z",
        "2024-01-02t03:04:05z,                 2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05.1Z,               2024-01-02T03:04:05.1Z",
        "2024-01-02T03:04:05.123456789Z,       2024-01-02T03:04:05.123456789Z",
        "2024-01-02T03:04:05.123456789999Z,    2024-01-02T03:04:05.123456789Z",
        "2024-01-02T03:04:05.1234567891+05:30, 2024-01-01T21:34:05.123456789Z",
        "2024-01-02T03:04:05-08:00,            2024-01-02T11:04:05Z",
        "2024-01-02T03:04:05+00:00,            2024-01-02T03:04:05Z",
        "1970-01-01T00:00:00Z,                 1970-01-01T00:00:00Z",
        "1600-12-31T23:59:59Z,                 1600-12-31T23:59:59Z"
    })
    void timesHaveAnyFractionAndZone(String text, Instant time) {
        assertThat(read("{'created': '" + text + "'}").created()).contains(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-02T03:04:05.100Z,       2024-01-02T03:04:05.1Z",
        "2024-01-02T03:04:05.123456780Z, 2024-01-02T03:04:05.12345678Z",
        "2024-01-02T03:04:05.000Z,       2024-01-02T03:04:05Z",
        "2024-01-02T03:04:00Z,           2024-01-02T03:04:00Z",
        "2024-01-02T03:04:50.010Z,       2024-01-02T03:04:50.01Z",
        "2024-01-02T03:04:05.000000001Z, 2024-01-02T03:04:05.000000001Z"
    })
    void timesAreWrittenWithoutNeedlessZeros(String text, String written) {
        assertThat(ImageJson.writeConfig(read("{'created': '" + text + "'}")))
                .asString(UTF_8)
                .contains("\"created\":\"" + written + "\"");
    }

    @Test
    void zeroTimeOfGoIsNoTime() {
        assertThat(read("{'created': '0001-01-01T00:00:00Z'}").created()).isEmpty();
        assertThat(read("{'created': ''}").created()).isEmpty();
    }

    /** Other tools replace it, too; a label of a base image must not make a build impossible. */
    @Test
    void halfASurrogatePairIsReplaced() {
        ImageConfig config = read("{'author': 'a\\ud800b', 'config': {'Labels': {'a': '\\ud83d\\ude00'}}}");
        assertThat(config.author()).isEqualTo("a\ufffdb");
        assertThat(config.config().labels()).isEqualTo(Map.of("a", "\ud83d\ude00"));
        assertThat(ImageJson.readConfig(ImageJson.writeConfig(config))).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'created': 'yesterday'}                               | 'created' is not a time: 'yesterday'",
                "{'created': '2024-13-01T00:00:00Z'}                    | 'created' is not a time",
                "{'created': '+10000-01-01T00:00:00Z'}                  | 'created' is not a time",
                "{'created': '9999-12-31T23:59:59-01:00'}               | 'created' is not a time",
                "{'created': 1}                                         | 'created' is not a string but number",
                "{'rootfs': {'diff_ids': ['sha256:x']}}                 | 'rootfs.diff_ids' has 'sha256:x'",
                "{'config': {'Env': 'A=1'}}                             | 'config.Env' is not a list",
                "{'config': {'Env': [1]}}                               | 'config.Env' is not a list of strings",
                "{'config': {'Labels': {'a': 1}}}                       | 'config.Labels.a' is not a string",
                "{'config': {'Healthcheck': {'Retries': -1}}}           | 'config.Healthcheck.Retries' is out of range",
                "{'config': {'Healthcheck': {'Interval': '30s'}}}       | 'config.Healthcheck.Interval' is not a whole number",
                "{'config': {'ArgsEscaped': 'yes'}}                     | 'config.ArgsEscaped' is not true or false",
                "{'history': [{'empty_layer': 1}]}                      | 'history[0].empty_layer' is not true or false"
            })
    void saysWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
