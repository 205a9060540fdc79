package dev.slipway.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An account of its own on this machine, with a home and a copy of the launcher that it can read; gone when closed. Needs
 * root. Nothing of the caller's environment reaches what the user runs.
 */
public final class OrdinaryUser implements AutoCloseable {
    private static final long FIRST_SUBORDINATE = 1_879_048_192L;
    private static final int SUBORDINATES = 65_536;
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final String name;
    private final int uid;
    private final int gid;
    private final Path directory;

    private OrdinaryUser(String name, int uid, int gid, Path directory) {
        this.name = name;
        this.uid = uid;
        this.gid = gid;
        this.directory = directory;
    }

    /** With ranges in {@code /etc/subuid} and {@code /etc/subgid}. */
    public static OrdinaryUser withRanges() throws IOException {
        OrdinaryUser user = withoutRanges();
        String range = FIRST_SUBORDINATE + "-" + (FIRST_SUBORDINATE + SUBORDINATES - 1);
        Command.of("usermod", "--add-subuids", range, "--add-subgids", range, user.name)
                .run()
                .mustSucceed();
        return user;
    }

    /** Without any. A system account has none. */
    public static OrdinaryUser withoutRanges() throws IOException {
        Path directory = Files.createTempDirectory("slipway-user");
        String name = "s" + directory.getFileName().toString().replaceAll("\\D", "");
        Command.of("useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/sh", name)
                .with("--home-dir", directory.resolve("home").toString())
                .run()
                .mustSucceed();
        int uid = id("-u", name);
        int gid = id("-g", name);
        Command.of("chmod", "755", directory.toString()).run().mustSucceed();
        OrdinaryUser user = new OrdinaryUser(name, uid, gid, directory);
        user.own(Files.createDirectory(user.home()));
        return user;
    }

    private static int id(String which, String name) {
        return Integer.parseInt(
                Command.of("id", which, name).run().mustSucceed().out().strip());
    }

    public int uid() {
        return uid;
    }

    public Path home() {
        return directory.resolve("home");
    }

    /** Gives the user a tree. */
    public Path own(Path tree) {
        Command.of("chown", "-R", uid + ":" + gid, tree.toString()).run().mustSucceed();
        return tree;
    }

    /** Copies a tree to where the user can read it. */
    public Path show(Path tree, String as) {
        Path copy = directory.resolve(as);
        Command.of("cp", "-r", tree.toString(), copy.toString()).run().mustSucceed();
        Command.of("chmod", "-R", "a+rX", copy.toString()).run().mustSucceed();
        return copy;
    }

    /** Makes the launcher, as it was built, readable for the user. */
    public Path launcher() throws IOException {
        Path original = SlipwayCommand.launcher();
        Path copy = directory.resolve("slipway");
        if (!Files.exists(copy)) {
            Path project = original.toAbsolutePath().resolveSibling("");
            Files.createDirectories(copy.resolve("build"));
            Files.createDirectories(copy.resolve("cli/target/slipway"));
            Files.copy(original, copy.resolve("slipway"));
            Files.copy(project.resolve("build/find-java.sh"), copy.resolve("build/find-java.sh"));
            show(project.resolve("cli/target/slipway/lib"), "slipway/cli/target/slipway/lib");
            Command.of("chmod", "-R", "a+rX", copy.toString()).run().mustSucceed();
        }
        return copy.resolve("slipway");
    }

    /** A program as this user; {@code --pdeathsig} is left to the program. */
    public Command command(String... words) {
        return Command.of("setpriv", "--reuid", "" + uid, "--regid", "" + gid, "--init-groups", "--inh-caps=-all", "--")
                .with("env", "-i", "HOME=" + home(), "PATH=" + PATH, "LC_ALL=C.UTF-8")
                .with("JAVA_HOME=" + System.getProperty("java.home"))
                .with(words)
                .in(home());
    }

    /** {@code unshare} with all the ids that the user may have, as the launcher does it. */
    public Command inNamespace(String... words) {
        return command("unshare", "--user", "--map-root-user", "--map-auto", "--")
                .with(words);
    }

    /** The processes of the user and of those that only a user namespace of the user has. */
    public List<Long> processes() throws IOException {
        List<Long> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process : all.toList()) {
                String number = process.getFileName().toString();
                if (number.chars().allMatch(Character::isDigit) && isOurs(process)) {
                    found.add(Long.valueOf(number));
                }
            }
        }
        return found;
    }

    private boolean isOurs(Path process) {
        try {
            long owner = ((Number) Files.getAttribute(process, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
            boolean ours = owner == uid || (owner >= FIRST_SUBORDINATE && owner < FIRST_SUBORDINATE + SUBORDINATES);
            return ours && !Files.readString(process.resolve("status")).contains("State:\tZ");
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    @Override
    public void close() {
        try {
            for (long process : processes()) {
                ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            Command.of("userdel", name).run();
            Command.of("rm", "-rf", directory.toString()).run();
        }
    }
}
