package dev.slipway.it.execution;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.foundation.linux.ByteString;
import dev.slipway.foundation.linux.Fd;
import dev.slipway.foundation.linux.FileType;
import dev.slipway.foundation.linux.Nodes;
import dev.slipway.foundation.linux.Stat;
import dev.slipway.foundation.linux.Xattrs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What lies in a directory, each node as one line of text. */
final class Listing extends SimpleFileVisitor<Path> {
    /** Content longer than this is told by its size. */
    private static final int SHOWN_BYTES = 300;

    /**
     * A node.
     *
     * @param text as in a case
     * @param identity changes with the content also where the text does not show it
     * @param modified seconds since 1970
     */
    record Node(String text, int identity, long modified) {}

    private final Path root;
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Map<Long, String> firstNames = new HashMap<>();
    private final TreeMap<String, Path> paths = new TreeMap<>();

    private Listing(Path root) {
        this.root = root;
    }

    /** By absolute path within the root, quoted where it has blanks or worse. */
    static Map<String, Node> of(Path root) throws IOException {
        Listing listing = new Listing(root);
        Files.walkFileTree(root, listing);
        for (Map.Entry<String, Path> path : listing.paths.entrySet()) {
            listing.add(path.getKey(), path.getValue());
        }
        return listing.nodes;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return visitFile(directory, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        paths.put("/" + root.relativize(file), file);
        return FileVisitResult.CONTINUE;
    }

    private void add(String path, Path file) throws IOException {
        Path directory = requireNonNullElse(file.getParent(), root);
        ByteString name =
                ByteString.of(path.equals("/") ? "." : file.getFileName().toString());
        try (Fd parent = Nodes.openDirectory(path.equals("/") ? root : directory)) {
            Stat stat = Nodes.stat(parent, name);
            StringBuilder text = new StringBuilder(type(stat.type()));
            if (!stat.isSymlink()) {
                text.append(String.format(" %04o", stat.mode()));
            }
            text.append(' ').append(stat.uid()).append(':').append(stat.gid());
            int identity = 0;
            switch (stat.type()) {
                case REGULAR -> {
                    byte[] content = Files.readAllBytes(file);
                    identity = Arrays.hashCode(content);
                    text.append(' ').append(shown(content));
                }
                case SYMLINK -> text.append(" -> ").append(Nodes.readLink(parent, name));
                case CHARACTER_DEVICE, BLOCK_DEVICE ->
                    text.append(' ')
                            .append(stat.device().major())
                            .append(':')
                            .append(stat.device().minor());
                default -> {}
            }
            if (!stat.isDirectory() && stat.links() > 1) {
                String first = firstNames.putIfAbsent(stat.inode(), path);
                if (first != null) {
                    text.append(" links ").append(quotedPath(first));
                }
            }
            xattrs(parent, name, text);
            nodes.put(
                    quotedPath(path),
                    new Node(text.toString(), identity, stat.modified().seconds()));
        }
    }

    private static String type(FileType type) {
        return switch (type) {
            case REGULAR -> "file";
            case DIRECTORY -> "dir";
            case SYMLINK -> "link";
            case FIFO -> "fifo";
            case CHARACTER_DEVICE -> "char";
            case BLOCK_DEVICE -> "block";
            case SOCKET -> "socket";
        };
    }

    private static void xattrs(Fd parent, ByteString name, StringBuilder text) {
        for (ByteString attribute : Xattrs.list(parent, name).stream().sorted().toList()) {
            if (!attribute.toString().equals("user.rootlesscontainers")) { // umoci's own note
                text.append(' ')
                        .append(attribute)
                        .append('=')
                        .append(quoted(Xattrs.get(parent, name, attribute).orElseThrow()));
            }
        }
    }

    private static String shown(byte[] content) {
        return content.length > SHOWN_BYTES ? "(" + content.length + " bytes)" : quoted(content);
    }

    private static String quotedPath(String path) {
        boolean plain = path.chars().allMatch(c -> c > ' ' && c != '"' && c != '\\' && c != 0x7f);
        return plain ? path : quoted(path.getBytes(StandardCharsets.UTF_8));
    }

    /** Text in quotes; what is not UTF-8 text as {@code \xNN}. */
    private static String quoted(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content);
        StringBuilder quoted = new StringBuilder("\"");
        String chars = isText ? text : new String(content, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < chars.length(); i++) {
            char c = chars.charAt(i);
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> {
                    if (c < ' ' || c == 0x7f || (!isText && c > '~')) {
                        quoted.append(String.format("\\x%02x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
