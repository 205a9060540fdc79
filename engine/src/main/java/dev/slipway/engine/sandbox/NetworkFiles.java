package dev.slipway.engine.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The files by which a command finds hosts; they are mounted over those of the image and never get into a layer.
 *
 * @param hosts for {@code /etc/hosts}
 * @param resolver for {@code /etc/resolv.conf}
 */
record NetworkFiles(Path hosts, Path resolver) {
    private static final Path HOST_RESOLVER = Path.of("/etc/resolv.conf");

    /** Writes them into the directory; the resolver is that of this machine. */
    static NetworkFiles write(Path directory, String hostname, List<HostEntry> extra) {
        try {
            String resolver = Files.isReadable(HOST_RESOLVER) ? Files.readString(HOST_RESOLVER) : "";
            return new NetworkFiles(
                    write(directory.resolve("hosts"), hosts(hostname, extra)),
                    write(directory.resolve("resolv.conf"), resolver));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
    }

    static String hosts(String hostname, List<HostEntry> extra) {
        StringBuilder hosts = new StringBuilder();
        hosts.append("127.0.0.1\tlocalhost ").append(hostname).append('\n');
        hosts.append("::1\tlocalhost ip6-localhost ip6-loopback\n");
        extra.forEach(entry ->
                hosts.append(entry.address()).append('\t').append(entry.name()).append('\n'));
        return hosts.toString();
    }

    /** Every user can read it, whatever the umask of this program. */
    private static Path write(Path file, String text) throws IOException {
        return Files.setPosixFilePermissions(
                Files.writeString(file, text), PosixFilePermissions.fromString("rw-r--r--"));
    }
}
