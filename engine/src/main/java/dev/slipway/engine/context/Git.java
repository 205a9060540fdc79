package dev.slipway.engine.context;

import dev.slipway.dockerfile.source.Credentials;
import dev.slipway.engine.sandbox.HostProgram;
import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.event.Event;
import dev.slipway.foundation.event.EventSink;
import dev.slipway.foundation.http.ProxySettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The git of this machine, without anything of its configuration: neither its files nor its hooks, helpers and prompts
 * have a say, and nothing but http, https, ssh and git's own protocol is spoken, be it in a submodule.
 */
final class Git {
    private static final String PROGRAM = "git";

    /** Settings that files of a repository cannot override. */
    private static final Map<String, String> SETTINGS = settings();

    private final HostProgram program;
    private final Map<String, String> environment;
    private final EventSink events;
    private final String task;

    /**
     * The program.
     *
     * @param home an empty directory
     * @param task under which its output is told
     * @throws MachineException if git is not installed
     */
    Git(RemoteAccess access, Path home, EventSink events, String task) {
        this.program = find(access);
        this.environment = environment(home, access.proxies());
        this.events = events;
        this.task = task;
    }

    /** @throws MachineException if git is not installed */
    static void require(RemoteAccess access) {
        find(access);
    }

    private static HostProgram find(RemoteAccess access) {
        return HostProgram.find(PROGRAM, PROGRAM, "a git repository", access.gitSilence());
    }

    /** Runs a command and gives what it wrote to its standard output. */
    String run(Path directory, String... arguments) throws GitFailure {
        HostProgram.Ended ended = program.run(
                List.of(arguments),
                directory,
                environment,
                line -> events.accept(new Event.TaskOutput(task, Credentials.redact(line))));
        if (ended.status() != 0) {
            throw new GitFailure(ended.lastErrors(), ended.silenced());
        }
        return ended.output();
    }

    private static Map<String, String> settings() {
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        settings.put("protocol.allow", "never");
        for (String protocol : List.of("http", "https", "git", "ssh")) {
            settings.put("protocol." + protocol + ".allow", "always");
        }
        settings.put("core.hooksPath", "/dev/null");
        settings.put("core.attributesFile", "/dev/null");
        settings.put("core.excludesFile", "/dev/null");
        settings.put("core.fsmonitor", "false");
        settings.put("credential.helper", "");
        settings.put("advice.detachedHead", "false");
        settings.put("init.defaultBranch", "master");
        settings.put("gc.auto", "0");
        settings.put("maintenance.auto", "false");
        settings.put("fetch.recurseSubmodules", "false");
        settings.put("http.lowSpeedLimit", "1");
        settings.put("http.lowSpeedTime", "60");
        return settings;
    }

    private static Map<String, String> environment(Path home, ProxySettings proxies) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("HOME", home.toString());
        all.put("LC_ALL", "C");
        all.put("GIT_CONFIG_NOSYSTEM", "1");
        all.put("GIT_CONFIG_GLOBAL", "/dev/null");
        all.put("GIT_ATTR_NOSYSTEM", "1");
        all.put("GIT_TERMINAL_PROMPT", "0");
        all.put("GIT_SSH_COMMAND", "ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=yes");
        all.put(
                "GIT_CEILING_DIRECTORIES",
                home.getParent() == null ? "/" : home.getParent().toString());
        int count = 0;
        for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
            all.put("GIT_CONFIG_KEY_" + count, setting.getKey());
            all.put("GIT_CONFIG_VALUE_" + count, setting.getValue());
            count++;
        }
        all.put("GIT_CONFIG_COUNT", Integer.toString(count));
        proxies.http().map(URI::toString).ifPresent(proxy -> all.put("http_proxy", proxy));
        proxies.https().map(URI::toString).ifPresent(proxy -> all.put("https_proxy", proxy));
        if (!proxies.direct().isEmpty()) {
            all.put("no_proxy", String.join(",", proxies.direct()));
        }
        return all;
    }
}
