package dev.slipway.engine.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files by which a command finds hosts; they are mounted over those of the image and never get into a layer. */
final class NetworkFiles {
    private static final Path HOST_RESOLVER = Path.of("/etc/resolv.conf");

    private NetworkFiles() {}

    /** Writes them into the directory; gives where each belongs inside. */
    static Map<String, Path> write(Path directory, String hostname, List<HostEntry> extra) {
        StringBuilder hosts = new StringBuilder();
        hosts.append("127.0.0.1\tlocalhost ").append(hostname).append('\n');
        hosts.append("::1\tlocalhost ip6-localhost ip6-loopback\n");
        extra.forEach(entry ->
                hosts.append(entry.address()).append('\t').append(entry.name()).append('\n'));
        Map<String, Path> files = new LinkedHashMap<>();
        try {
            files.put("/etc/hosts", Files.writeString(directory.resolve("hosts"), hosts));
            Path resolver = directory.resolve("resolv.conf");
            Files.write(resolver, Files.exists(HOST_RESOLVER) ? Files.readAllBytes(HOST_RESOLVER) : new byte[0]);
            files.put("/etc/resolv.conf", resolver);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
        return files;
    }
}
