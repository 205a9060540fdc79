package dev.slipway.it.execution;

import dev.slipway.it.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** {@code buildah --format docker}, with a storage of its own that has the base image. Thread-safe. */
final class Peer {
    private static final String BASE = "docker.io/library/busybox:1.36";

    private final Path directory;

    /** Cases may give their own images the same name; such a case is built alone. */
    private final ReadWriteLock names = new ReentrantReadWriteLock();

    Peer(Path directory) throws IOException {
        this.directory = directory;
        Files.writeString(directory.resolve("registries.conf"), "unqualified-search-registries = [\"docker.io\"]\n");
    }

    /** Builds the base image, and puts it into an OCI layout for others. */
    void makeBase(Path context, Path layout) {
        build(context).with("-t", BASE, ".").run().mustSucceed();
        push(BASE, layout, "1.36");
    }

    /** Builds the case. */
    Outcome build(ExecutionCase test, Path work) throws IOException {
        Path context = CaseContext.make(test, work.resolve("context"));
        Lock lock = test.images().isEmpty() ? names.readLock() : names.writeLock();
        lock.lock();
        try {
            for (Map.Entry<String, String> image : test.images().entrySet()) {
                Path file = Files.writeString(work.resolve("Dockerfile.image"), image.getValue());
                build(context)
                        .with("-f", file.toString(), "-t", "docker.io/library/" + image.getKey(), ".")
                        .run()
                        .mustSucceed();
            }
            String name = "localhost/case:" + test.name().replaceAll("[^a-z0-9]", "-");
            Command.Result result = build(context)
                    .with(CaseCommands.ofPeer(test.options()))
                    .with("-t", name, ".")
                    .run();
            if (result.status() != 0) {
                return new Outcome(result.out() + result.err(), null);
            }
            String inspected = buildah("inspect", "--type", "image", name)
                    .run()
                    .mustSucceed()
                    .out();
            push(name, work.resolve("layout"), "result");
            return new Outcome(
                    "",
                    Built.unpack(
                            work.resolve("layout"),
                            "result",
                            new JsonMapper().readTree(inspected).path("Docker"),
                            work.resolve("bundle")));
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param complaint what was said when it failed
     * @param built absent where it failed
     */
    record Outcome(String complaint, @Nullable Built built) {}

    private Command build(Path context) {
        return buildah("bud", "--isolation", "chroot", "--format", "docker", "--network", "host", "--pull-never")
                .in(context);
    }

    private void push(String name, Path layout, String tag) {
        buildah("push", "-q", name, "oci:" + layout + ":" + tag).run().mustSucceed();
    }

    private Command buildah(String... words) {
        return Command.of(
                        "buildah",
                        "--root",
                        directory.resolve("storage").toString(),
                        "--runroot",
                        directory.resolve("run").toString(),
                        "--storage-driver",
                        "overlay")
                .with(words)
                .env(
                        "CONTAINERS_REGISTRIES_CONF",
                        directory.resolve("registries.conf").toString());
    }
}
