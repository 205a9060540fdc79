package dev.slipway.image.json;

import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Digest;
import dev.slipway.image.model.Healthcheck;
import dev.slipway.image.model.History;
import dev.slipway.image.model.ImageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Configurations from JSON. */
final class ConfigReader {
    private ConfigReader() {}

    static ImageConfig read(JsonNode root) {
        Fields fields = Fields.of(root);
        return new ImageConfig(
                fields.time("created"),
                fields.text("author"),
                fields.platform(),
                fields.object("config").map(ConfigReader::container).orElse(ContainerConfig.EMPTY),
                diffIds(fields),
                fields.objects("history").stream().map(ConfigReader::history).toList());
    }

    private static List<Digest> diffIds(Fields fields) {
        List<Digest> diffIds = new ArrayList<>();
        for (String text :
                fields.object("rootfs").map(rootfs -> rootfs.texts("diff_ids")).orElse(List.of())) {
            try {
                diffIds.add(Digest.parse(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'rootfs.diff_ids' has '" + text + "', which is not a digest", e);
            }
        }
        return diffIds;
    }

    private static History history(Fields fields) {
        return new History(
                fields.time("created"),
                fields.text("created_by"),
                fields.text("author"),
                fields.text("comment"),
                fields.flag("empty_layer"));
    }

    private static ContainerConfig container(Fields fields) {
        return new ContainerConfig(
                fields.text("User"),
                fields.texts("Env"),
                fields.optionalTexts("Entrypoint"),
                fields.optionalTexts("Cmd"),
                fields.text("WorkingDir"),
                fields.textMap("Labels"),
                new TreeSet<>(fields.keys("ExposedPorts")),
                new TreeSet<>(fields.keys("Volumes")),
                fields.text("StopSignal"),
                fields.object("Healthcheck").map(ConfigReader::healthcheck),
                fields.optionalTexts("Shell"),
                fields.texts("OnBuild"),
                fields.flag("ArgsEscaped"));
    }

    private static Healthcheck healthcheck(Fields fields) {
        return new Healthcheck(
                fields.texts("Test"),
                fields.nanoseconds("Interval"),
                fields.nanoseconds("Timeout"),
                fields.nanoseconds("StartPeriod"),
                fields.nanoseconds("StartInterval"),
                fields.smallNumber("Retries"));
    }
}
