package dev.slipway.image.json;

import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Healthcheck;
import dev.slipway.image.model.History;
import dev.slipway.image.model.ImageConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Configurations as docker-compatible tools write them: the same names and order, what is not set left out. */
final class ConfigWriter {
    private static final Pattern ZEROS = Pattern.compile("(?<=\\.\\d{1,8})0+Z");

    private ConfigWriter() {}

    static ObjectNode tree(ImageConfig config) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("architecture", config.platform().architecture());
        text(root, "author", config.author());
        root.set("config", container(config.config()));
        config.created().ifPresent(created -> root.put("created", rfc3339(created)));
        ArrayNode history = root.putArray("history");
        config.history().forEach(line -> history.add(history(line)));
        root.put("os", config.platform().os());
        text(root, "os.version", config.platform().osVersion());
        ObjectNode rootfs = root.putObject("rootfs");
        rootfs.put("type", "layers");
        ArrayNode diffIds = rootfs.putArray("diff_ids");
        config.diffIds().forEach(diffId -> diffIds.add(diffId.toString()));
        text(root, "variant", config.platform().variant());
        return root;
    }

    private static ObjectNode container(ContainerConfig config) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        text(node, "User", config.user());
        set(node, "ExposedPorts", config.exposedPorts());
        list(node, "Env", config.env());
        config.entrypoint().ifPresent(words -> array(node, "Entrypoint", words));
        config.cmd().ifPresent(words -> array(node, "Cmd", words));
        config.healthcheck().ifPresent(check -> node.set("Healthcheck", healthcheck(check)));
        if (config.argsEscaped()) {
            node.put("ArgsEscaped", true);
        }
        set(node, "Volumes", config.volumes());
        text(node, "WorkingDir", config.workingDir());
        if (!config.labels().isEmpty()) {
            ObjectNode labels = node.putObject("Labels");
            new TreeMap<>(config.labels()).forEach(labels::put);
        }
        list(node, "OnBuild", config.onBuild());
        text(node, "StopSignal", config.stopSignal());
        config.shell().ifPresent(words -> array(node, "Shell", words));
        return node;
    }

    private static ObjectNode healthcheck(Healthcheck check) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        list(node, "Test", check.test());
        duration(node, "Interval", check.interval());
        duration(node, "Timeout", check.timeout());
        duration(node, "StartPeriod", check.startPeriod());
        duration(node, "StartInterval", check.startInterval());
        if (check.retries() != 0) {
            node.put("Retries", check.retries());
        }
        return node;
    }

    private static ObjectNode history(History line) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        line.created().ifPresent(created -> node.put("created", rfc3339(created)));
        text(node, "created_by", line.createdBy());
        text(node, "author", line.author());
        text(node, "comment", line.comment());
        if (line.emptyLayer()) {
            node.put("empty_layer", true);
        }
        return node;
    }

    /** As Go writes it: no zeros at the end of the fraction. */
    private static String rfc3339(Instant time) {
        return ZEROS.matcher(time.toString()).replaceFirst("Z");
    }

    private static void text(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }

    private static void duration(ObjectNode node, String name, Duration value) {
        if (!value.isZero()) {
            node.put(name, value.toNanos());
        }
    }

    private static void list(ObjectNode node, String name, List<String> values) {
        if (!values.isEmpty()) {
            array(node, name, values);
        }
    }

    private static void array(ObjectNode node, String name, List<String> values) {
        ArrayNode array = node.putArray(name);
        values.forEach(array::add);
    }

    /** Docker keeps sets as objects with empty values. */
    private static void set(ObjectNode node, String name, Collection<String> values) {
        if (!values.isEmpty()) {
            ObjectNode inner = node.putObject(name);
            values.forEach(inner::putObject);
        }
    }
}
