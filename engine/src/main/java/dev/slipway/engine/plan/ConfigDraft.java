package dev.slipway.engine.plan;

import dev.slipway.image.model.ContainerConfig;
import dev.slipway.image.model.Healthcheck;
import dev.slipway.image.model.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An image's configuration while the instructions of a stage are applied to it. What it holds is shared between drafts and
 * replaced, never changed, so that a draft for a child stage costs nothing. Confined to one thread.
 */
final class ConfigDraft {
    static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

    private Bindings<String> env = Bindings.none();
    private Bindings<String> labels = Bindings.none();
    private Bindings<Boolean> exposedPorts = Bindings.none();
    private Bindings<Boolean> volumes = Bindings.none();
    private final List<String> triggers = new ArrayList<>();
    private String user;
    private String workingDir;
    private String stopSignal;
    private String author;
    private Platform platform;
    private Optional<List<String>> entrypoint;
    private Optional<List<String>> cmd;
    private Optional<Healthcheck> healthcheck;
    private Optional<List<String>> shell;
    private boolean argsEscaped;
    private boolean cmdOfThisStage;

    /** Triggers of the base are not taken over: they run once and are gone. */
    ConfigDraft(ContainerConfig base, String author, Platform platform) {
        for (String line : base.env()) {
            int equals = line.indexOf('=');
            env(equals < 0 ? line : line.substring(0, equals), equals < 0 ? "" : line.substring(equals + 1));
        }
        if (env.get("PATH").isEmpty()) {
            env("PATH", DEFAULT_PATH);
        }
        base.labels().forEach(this::label);
        base.exposedPorts().forEach(this::expose);
        base.volumes().forEach(this::volume);
        user = base.user();
        workingDir = absolute(base.workingDir());
        stopSignal = base.stopSignal();
        entrypoint = base.entrypoint();
        cmd = base.cmd();
        healthcheck = base.healthcheck();
        shell = base.shell();
        argsEscaped = base.argsEscaped();
        this.author = author;
        this.platform = platform;
    }

    private ConfigDraft(ConfigDraft parent) {
        env = parent.env;
        labels = parent.labels;
        exposedPorts = parent.exposedPorts;
        volumes = parent.volumes;
        user = parent.user;
        workingDir = parent.workingDir;
        stopSignal = parent.stopSignal;
        entrypoint = parent.entrypoint;
        cmd = parent.cmd;
        healthcheck = parent.healthcheck;
        shell = parent.shell;
        argsEscaped = parent.argsEscaped;
        author = parent.author;
        platform = parent.platform;
    }

    /** The draft of an image without a base. */
    static ConfigDraft ofScratch(Platform platform) {
        ConfigDraft draft = new ConfigDraft(ContainerConfig.EMPTY, "", platform);
        draft.workingDir("/");
        return draft;
    }

    /** A draft for a stage that stands on this one. */
    ConfigDraft child() {
        return new ConfigDraft(this);
    }

    /** An image whose directory is relative means one below the root. */
    private static String absolute(String directory) {
        return directory.isEmpty() || directory.startsWith("/") ? directory : "/" + directory;
    }

    /**
     * The configuration of the image.
     *
     * @param extraLabels written over those of the Dockerfile
     */
    ContainerConfig build(Map<String, String> extraLabels) {
        Map<String, String> allLabels = new LinkedHashMap<>(labels.toMap());
        allLabels.putAll(extraLabels);
        return new ContainerConfig(
                user,
                env.toMap().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList(),
                entrypoint,
                cmd,
                workingDir,
                allLabels,
                new TreeSet<>(exposedPorts.toMap().keySet()),
                new TreeSet<>(volumes.toMap().keySet()),
                stopSignal,
                healthcheck,
                shell,
                triggers,
                argsEscaped);
    }

    Bindings<String> env() {
        return env;
    }

    String author() {
        return author;
    }

    Platform platform() {
        return platform;
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
        env = env.with(name, value);
    }

    void label(String name, String value) {
        labels = labels.with(name, value);
    }

    void expose(String port) {
        exposedPorts = exposedPorts.with(port, true);
    }

    void volume(String path) {
        volumes = volumes.with(path, true);
    }

    void onBuild(String trigger) {
        triggers.add(trigger);
    }

    void user(String newUser) {
        user = newUser;
    }

    void workingDir(String path) {
        workingDir = path;
    }

    void author(String name) {
        author = name;
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
