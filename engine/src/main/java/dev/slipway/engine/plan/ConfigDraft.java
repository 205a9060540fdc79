package dev.slipway.engine.plan;

import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Healthcheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;

/** A container configuration while the instructions of a stage are applied to it. Confined to one thread. */
final class ConfigDraft {
    static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

    private final LinkedHashMap<String, String> env = new LinkedHashMap<>();
    private final LinkedHashMap<String, String> labels;
    private final SequencedSet<String> exposedPorts;
    private final SequencedSet<String> volumes;
    private final List<String> onBuild = new ArrayList<>();
    private String user;
    private String workingDir;
    private String stopSignal;
    private Optional<List<String>> entrypoint;
    private Optional<List<String>> cmd;
    private Optional<Healthcheck> healthcheck;
    private Optional<List<String>> shell;
    private boolean argsEscaped;
    private boolean cmdOfThisStage;

    /** Triggers of the base are not taken over: they run once and are gone. */
    ConfigDraft(ContainerConfig base) {
        for (String line : base.env()) {
            int equals = line.indexOf('=');
            env.put(equals < 0 ? line : line.substring(0, equals), equals < 0 ? "" : line.substring(equals + 1));
        }
        env.putIfAbsent("PATH", DEFAULT_PATH);
        labels = new LinkedHashMap<>(base.labels());
        exposedPorts = new TreeSet<>(base.exposedPorts());
        volumes = new TreeSet<>(base.volumes());
        user = base.user();
        workingDir = base.workingDir();
        stopSignal = base.stopSignal();
        entrypoint = base.entrypoint();
        cmd = base.cmd();
        healthcheck = base.healthcheck();
        shell = base.shell();
        argsEscaped = base.argsEscaped();
    }

    ContainerConfig build(Map<String, String> extraLabels) {
        LinkedHashMap<String, String> allLabels = new LinkedHashMap<>(labels);
        allLabels.putAll(extraLabels);
        return new ContainerConfig(
                user,
                env.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList(),
                entrypoint,
                cmd,
                workingDir,
                allLabels,
                exposedPorts,
                volumes,
                stopSignal,
                healthcheck,
                shell,
                onBuild,
                argsEscaped);
    }

    Map<String, String> env() {
        return env;
    }

    List<String> shell() {
        return shell.orElse(DEFAULT_SHELL);
    }

    /** Where commands run and relative paths start. */
    String workingDir() {
        return workingDir.isEmpty() ? "/" : workingDir;
    }

    String user() {
        return user;
    }

    void env(String name, String value) {
        env.put(name, value);
    }

    void label(String name, String value) {
        labels.put(name, value);
    }

    void expose(String port) {
        exposedPorts.add(port);
    }

    void volume(String path) {
        volumes.add(path);
    }

    void onBuild(String trigger) {
        onBuild.add(trigger);
    }

    void user(String newUser) {
        user = newUser;
    }

    void workingDir(String path) {
        workingDir = path;
    }

    void stopSignal(String signal) {
        stopSignal = signal;
    }

    void healthcheck(Healthcheck check) {
        healthcheck = Optional.of(check);
    }

    void shell(List<String> words) {
        shell = Optional.of(words);
    }

    void cmd(List<String> words) {
        cmd = Optional.of(words);
        argsEscaped = true;
        cmdOfThisStage = true;
    }

    /** An empty list clears an inherited entrypoint. A CMD that came from the base does not survive an ENTRYPOINT. */
    void entrypoint(List<String> words) {
        entrypoint = words.isEmpty() ? Optional.empty() : Optional.of(words);
        if (!cmdOfThisStage) {
            cmd = Optional.empty();
        }
    }
}
