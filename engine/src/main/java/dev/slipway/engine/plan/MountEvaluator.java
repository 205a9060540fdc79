package dev.slipway.engine.plan;

import dev.slipway.dockerfile.instruction.Mount;
import dev.slipway.dockerfile.instruction.MountFlag;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.shell.Expander;
import dev.slipway.foundation.error.InvalidInputException;
import dev.slipway.foundation.error.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Resolves the mounts of one RUN: variables, targets, and what they are filled from. Used once.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#run---mount">Dockerfile reference, RUN --mount</a>
 */
final class MountEvaluator {
    private static final String AGENT_SOCKET = "/run/buildkit/ssh_agent.";

    private final Expander expander;
    private final StageScope scope;
    private final String workingDir;
    private final RunRules rules;
    private final Iterator<FileSource> uses;
    private final List<RunMount> mounts = new ArrayList<>();
    private final SequencedMap<String, String> secretEnv = new LinkedHashMap<>();
    private Optional<String> agentSocket = Optional.empty();
    private int agents;

    /** @param uses what those mounts name that have a {@code from}, in their order */
    MountEvaluator(Expander expander, StageScope scope, String workingDir, RunRules rules, List<FileSource> uses) {
        this.expander = expander;
        this.scope = scope;
        this.workingDir = workingDir;
        this.rules = rules;
        this.uses = uses.iterator();
    }

    /** @param faults get everything that is wrong, without a place */
    CommandMounts evaluate(Run run, List<Problem> faults) {
        for (MountFlag flag : run.mounts()) {
            Optional<FileSource> from =
                    flag.from().filter(text -> !text.isEmpty()).map(_ -> uses.next());
            try {
                add(flag, flag.resolve(raw -> expander.expand(raw, scope)), from);
            } catch (InvalidInputException e) {
                faults.addAll(e.problems());
            }
        }
        mounts.sort(Comparator.comparing(RunMount::target));
        return new CommandMounts(mounts, secretEnv, agentSocket);
    }

    private void add(MountFlag flag, Mount mount, Optional<FileSource> from) {
        switch (mount) {
            case Mount.Bind bind ->
                mounts.add(new RunMount.Bind(
                        from.orElseGet(FileSource.Context::new),
                        bind.source(),
                        target(flag, bind.target()),
                        bind.readOnly()));
            case Mount.Cache cache -> mounts.add(cache(flag, cache, from));
            case Mount.Tmpfs tmpfs -> mounts.add(new RunMount.Tmpfs(target(flag, tmpfs.target()), tmpfs.sizeBytes()));
            case Mount.Secret secret -> secret(flag, secret);
            case Mount.Ssh ssh -> ssh(flag, ssh);
        }
    }

    private RunMount.Cache cache(MountFlag flag, Mount.Cache cache, Optional<FileSource> from) {
        String id = rules.cacheNamespace().isEmpty() ? cache.id() : rules.cacheNamespace() + "/" + cache.id();
        return new RunMount.Cache(
                id,
                cache.source(),
                target(flag, cache.target()),
                from,
                cache.readOnly(),
                cache.sharing(),
                cache.mode(),
                cache.uid(),
                cache.gid());
    }

    private void secret(MountFlag flag, Mount.Secret secret) {
        Optional<String> target = secret.target().map(path -> target(flag, path));
        if (!rules.grants().hasSecret(secret.id())) {
            if (secret.required()) {
                throw new InvalidInputException(
                        Problem.of("the command needs the secret '" + secret.id() + "'", "the build is not given it")
                                .remedy("add --secret id=" + secret.id() + ",src=FILE or --secret id=" + secret.id()
                                        + ",env=NAME"));
            }
            return;
        }
        target.ifPresent(path ->
                mounts.add(new RunMount.SecretFile(secret.id(), path, secret.mode(), secret.uid(), secret.gid())));
        secret.env().ifPresent(name -> secretEnv.put(name, secret.id()));
    }

    private void ssh(MountFlag flag, Mount.Ssh ssh) {
        String path = ssh.target().map(text -> target(flag, text)).orElse(AGENT_SOCKET + agents);
        agents++;
        if (!rules.grants().hasSshAgent(ssh.id())) {
            if (ssh.required()) {
                throw new InvalidInputException(
                        Problem.of("the command needs the ssh agent '" + ssh.id() + "'", "the build is not given it")
                                .remedy(
                                        ssh.id().equals("default")
                                                ? "add --ssh default, with SSH_AUTH_SOCK set"
                                                : "add --ssh " + ssh.id() + "=SOCKET"));
            }
            return;
        }
        mounts.add(new RunMount.Ssh(ssh.id(), path, ssh.mode(), ssh.uid(), ssh.gid()));
        agentSocket = agentSocket.or(() -> Optional.of(path));
    }

    /** Absolute. Where the base is not known yet, nor is the directory that a relative target counts from. */
    private String target(MountFlag flag, String path) {
        String resolved = ImagePath.clean(path.startsWith("/") ? path : workingDir + "/" + path);
        boolean isKnown = path.startsWith("/") || scope.baseIsKnown();
        if (resolved.equals("/") && isKnown) {
            throw new InvalidInputException(new Problem(
                    "",
                    "--mount=" + flag.text(),
                    "the target is the root directory",
                    "name a directory below it with target=PATH"));
        }
        return resolved;
    }
}
