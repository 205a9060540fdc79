package dev.slipway.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which module may import what of the project: the allow-list that {@code ARCHITECTURE.md} draws. An entry is a package
 * behind the root with everything below it ({@code step.model}), or one class ({@code engine:SecretSource}, in any
 * package of the engine). A module may always import itself.
 */
record ModuleArrows(Map<String, List<String>> allowed) {
    ModuleArrows {
        allowed = Map.copyOf(allowed);
    }

    static ModuleArrows ofTheHouse() {
        Map<String, List<String>> rows = new TreeMap<>();
        row(rows, "foundation");
        row(rows, "dockerfile", "foundation");
        row(rows, "image", "foundation");
        row(rows, "registry", "image", "foundation");
        row(rows, "engine", "dockerfile", "image", "foundation");
        row(rows, "aws", "registry", "image", "foundation", "engine:RemoteContext", "engine:SecretSource");
        row(rows, "step", "engine", "aws", "registry", "dockerfile", "image", "foundation");
        row(rows, "kubernetes", "step.model", "foundation");
        row(rows, "localecr", "image.model", "foundation");
        row(rows, "cli", everythingBelow(rows));
        return new ModuleArrows(rows);
    }

    /**
     * Whether a class of {@code module} may import a class.
     *
     * @param packageBehindRoot the imported class's package, e.g. {@code image.model}
     * @param className its name without package, e.g. {@code Digest} or {@code Digest$Form}
     */
    boolean allows(String module, String packageBehindRoot, String className) {
        return isIn(packageBehindRoot, module)
                || allowed.getOrDefault(module, List.of()).stream()
                        .anyMatch(entry -> matches(entry, packageBehindRoot, className));
    }

    private static boolean matches(String entry, String packageBehindRoot, String className) {
        int colon = entry.indexOf(':');
        if (colon < 0) {
            return isIn(packageBehindRoot, entry);
        }
        String name = entry.substring(colon + 1);
        return isIn(packageBehindRoot, entry.substring(0, colon))
                && (className.equals(name) || className.startsWith(name + "$"));
    }

    private static boolean isIn(String packageBehindRoot, String prefix) {
        return packageBehindRoot.equals(prefix) || packageBehindRoot.startsWith(prefix + ".");
    }

    private static void row(Map<String, List<String>> rows, String module, String... allowed) {
        rows.put(module, Arrays.asList(allowed));
    }

    private static String[] everythingBelow(Map<String, List<String>> rows) {
        return rows.keySet().toArray(String[]::new);
    }
}
