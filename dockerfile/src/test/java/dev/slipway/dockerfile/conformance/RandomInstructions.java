package dev.slipway.dockerfile.conformance;

import dev.slipway.dockerfile.instruction.Add;
import dev.slipway.dockerfile.instruction.Arg;
import dev.slipway.dockerfile.instruction.Cmd;
import dev.slipway.dockerfile.instruction.CommandLine;
import dev.slipway.dockerfile.instruction.Copy;
import dev.slipway.dockerfile.instruction.CopySource;
import dev.slipway.dockerfile.instruction.Entrypoint;
import dev.slipway.dockerfile.instruction.Env;
import dev.slipway.dockerfile.instruction.Expose;
import dev.slipway.dockerfile.instruction.From;
import dev.slipway.dockerfile.instruction.Healthcheck;
import dev.slipway.dockerfile.instruction.Heredoc;
import dev.slipway.dockerfile.instruction.HeredocCommand;
import dev.slipway.dockerfile.instruction.Instruction;
import dev.slipway.dockerfile.instruction.KeyValue;
import dev.slipway.dockerfile.instruction.Label;
import dev.slipway.dockerfile.instruction.Maintainer;
import dev.slipway.dockerfile.instruction.MountFlag;
import dev.slipway.dockerfile.instruction.OnBuild;
import dev.slipway.dockerfile.instruction.Origin;
import dev.slipway.dockerfile.instruction.Run;
import dev.slipway.dockerfile.instruction.RunForm;
import dev.slipway.dockerfile.instruction.Shell;
import dev.slipway.dockerfile.instruction.StopSignal;
import dev.slipway.dockerfile.instruction.User;
import dev.slipway.dockerfile.instruction.Volume;
import dev.slipway.dockerfile.instruction.Workdir;
import dev.slipway.foundation.error.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Makes instructions of every kind, with every flag, and values that try the quoting. */
final class RandomInstructions {
    static final int KINDS = 18;
    private static final Origin NOWHERE = new Origin(new Place("generated", 1, 1), 1, "", List.of());
    private static final String[] NAMES = {"a", "B_2", "path", "한국", "x.y", "T-1"};
    private static final String[] TEXTS = {
        "a",
        "b c",
        "$X",
        "${Y:-z w}",
        "it's",
        "\"q\"",
        "back\\slash",
        "tick`",
        "#",
        "=",
        ",",
        "[x]",
        "<",
        "한",
        "é  f",
        "*",
        "--f"
    };
    private static final String[] MODES = {"755", "0", "u=rwX,go=rX", "+x", "$M"};
    private static final String[] MOUNTS = {
        "target=/a b",
        "type=cache,target=/c,sharing=locked,mode=0700,uid=1,gid=2",
        "type=tmpfs,target=/t,size=1m",
        "type=secret,id=a,env=B,required",
        "type=ssh",
        "type=$T,\"target=$D,x\"",
        "from=a,source=/b,target=/c,rw"
    };
    private static final String[] LINES = {
        "# c\n", "\n", "a\\\n", "\tb $X\n", "FROM x\n", "#!/bin/sh\n", "E1x\n", "'\"\n"
    };

    private final Random random;
    private final char escape;

    RandomInstructions(Random random, char escape) {
        this.random = random;
        this.escape = escape;
    }

    Instruction next() {
        int kind = random.nextInt(KINDS);
        return kind == KINDS - 1 ? onBuild() : plain(kind);
    }

    From from() {
        return new From(
                NOWHERE, name() + maybe(":$TAG"), option(this::name), option(() -> one("a", "Build-1", "x_y.z")));
    }

    private Instruction plain(int kind) {
        return switch (kind) {
            case 0 -> arg();
            case 1 -> new Env(NOWHERE, pairs(), false);
            case 2 -> new Env(NOWHERE, List.of(new KeyValue(name(), line())), true);
            case 3 -> new Label(NOWHERE, pairs(), false);
            case 4 -> new Run(NOWHERE, runForm(), mounts(), network(), security());
            case 5 -> new Cmd(NOWHERE, command());
            case 6 -> new Entrypoint(NOWHERE, command());
            case 7 -> copy();
            case 8 -> add();
            case 9 -> new Workdir(NOWHERE, line());
            case 10 -> new User(NOWHERE, line());
            case 11 -> new StopSignal(NOWHERE, one("9", "SIGTERM", "rtmin+3", "$S"));
            case 12 -> new Volume(NOWHERE, some(() -> one(TEXTS)));
            case 13 ->
                new Expose(
                        NOWHERE,
                        some(() -> one("80", "1-9/udp", "$P", "1.2.3.4:5:6")).stream()
                                .sorted()
                                .toList());
            case 14 -> new Shell(NOWHERE, some(() -> one(TEXTS)));
            case 15 -> healthcheck();
            default -> new Maintainer(NOWHERE, line());
        };
    }

    private OnBuild onBuild() {
        // A trigger is anything but MAINTAINER, FROM and ONBUILD.
        Instruction inner = plain(random.nextInt(KINDS - 2));
        String text = InstructionPrinter.print(inner, escape);
        return new OnBuild(NOWHERE, text.substring(0, text.length() - 1), inner);
    }

    private Arg arg() {
        return new Arg(NOWHERE, some(() -> new Arg.Variable(name(), option(this::word))));
    }

    private Copy copy() {
        return new Copy(
                NOWHERE,
                option(() -> one("0", "Stage", "image:tag")),
                option(this::text),
                option(() -> one(MODES)),
                random.nextBoolean(),
                random.nextBoolean(),
                excludes(),
                sources(),
                one("/d/", "$D", "x"));
    }

    private Add add() {
        return new Add(
                NOWHERE,
                option(this::text),
                option(() -> one(MODES)),
                random.nextBoolean(),
                excludes(),
                Optional.empty(),
                option(random::nextBoolean).filter(_ -> false),
                option(random::nextBoolean),
                sources(),
                one("/d/", "$D", "x"));
    }

    private List<String> excludes() {
        return random.nextBoolean() ? List.of() : some(() -> one("*.md", "!a b", "**/x", "$X", "it's"));
    }

    private List<CopySource> sources() {
        return random.nextInt(3) == 0
                ? some(() -> random.nextBoolean()
                        ? new CopySource.Inline(heredoc())
                        : new CopySource.Named(one("a*", "$B", "c=d")))
                : some(() -> new CopySource.Named(one("a b", "$X", "c'd", "e\\f", "#", "[x]", "--g")));
    }

    private RunForm runForm() {
        if (random.nextInt(3) > 0) {
            return executable();
        }
        List<Heredoc> heredocs = some(this::heredoc);
        StringBuilder line = new StringBuilder();
        heredocs.forEach(
                heredoc -> line.append(InstructionPrinter.opening(heredoc)).append(' '));
        String tail = heredocs.size() > 1 || random.nextBoolean() ? "cat" : "";
        return new HeredocCommand((line + tail).strip(), heredocs, tail.isEmpty());
    }

    private Heredoc heredoc() {
        StringBuilder body = new StringBuilder();
        for (int n = random.nextInt(4); n > 0; n--) {
            body.append(one(LINES));
        }
        return new Heredoc(
                one("E1", "EOF", "a.txt"),
                random.nextInt(3),
                random.nextBoolean(),
                random.nextBoolean(),
                body.toString());
    }

    private CommandLine command() {
        return random.nextInt(5) == 0 ? new CommandLine.ExecForm(List.of()) : executable();
    }

    private CommandLine executable() {
        return random.nextBoolean()
                ? new CommandLine.ShellForm(line())
                : new CommandLine.ExecForm(some(() -> one(TEXTS)));
    }

    private Healthcheck healthcheck() {
        boolean none = random.nextInt(4) == 0;
        return new Healthcheck(
                NOWHERE,
                none ? Optional.empty() : Optional.of(executable()),
                duration(none),
                duration(none),
                duration(none),
                duration(none),
                none ? 0 : random.nextInt(3));
    }

    private Duration duration(boolean none) {
        return none ? Duration.ZERO : Duration.ofMillis(random.nextInt(3) * 1500L);
    }

    private List<MountFlag> mounts() {
        return random.nextBoolean() ? List.of() : some(() -> MountFlag.parse(one(MOUNTS)));
    }

    private Run.Network network() {
        return random.nextBoolean() ? Run.Network.DEFAULT : Run.Network.NONE;
    }

    private Run.Security security() {
        return random.nextBoolean() ? Run.Security.SANDBOX : Run.Security.INSECURE;
    }

    private List<KeyValue> pairs() {
        return some(
                () -> new KeyValue(random.nextInt(5) == 0 ? "\"a b\"" : name(), random.nextInt(5) == 0 ? "" : word()));
    }

    /** One word as written: quoted, escaped or plain pieces. */
    private String word() {
        StringBuilder word = new StringBuilder();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            word.append(one("a", "$B", "\"c 'd\"", "'e \"f'", escape + " ", escape + "\"", "=", "한", "${x:-y}"));
        }
        // The blanks at the end of a line do not count, escaped or not.
        return word.toString().endsWith(" ") ? word + "." : word.toString();
    }

    /** The rest of a line: no blanks around it, no array, no heredoc, no escape that continues it. */
    private String line() {
        StringBuilder line = new StringBuilder(one("a", "$X", "/b", "it\"s\""));
        for (int n = random.nextInt(4); n > 0; n--) {
            line.append(one(" ", "  ", "", "/")).append(one(TEXTS));
        }
        String text = line.toString();
        return text.endsWith("`") || text.endsWith("\\") ? text + "." : text;
    }

    private String text() {
        return one(TEXTS) + maybe(one(TEXTS));
    }

    private String name() {
        return one(NAMES);
    }

    private String maybe(String text) {
        return random.nextBoolean() ? text : "";
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private <T> Optional<T> option(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> some(Supplier<T> value) {
        List<T> values = new ArrayList<>();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            values.add(value.get());
        }
        return values;
    }
}
