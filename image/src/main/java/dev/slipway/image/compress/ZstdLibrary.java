package dev.slipway.image.compress;

import com.github.luben.zstd.util.Native;
import com.github.luben.zstd.util.ZstdVersion;

/** Has zstd's library loaded from the jar that carries it, as {@link LibDeflate} is; zstd-jni itself needs a directory. */
final class ZstdLibrary {
    /** Where zstd-jni looks first. */
    private static final String PATH = "ZstdNativePath";

    private ZstdLibrary() {}

    /**
     * Loads it, unless that has been done.
     *
     * @throws dev.slipway.foundation.error.MachineException if it cannot be loaded
     */
    static synchronized void require() {
        if (Native.isLoaded()) {
            return;
        }
        String architecture = System.getProperty("os.arch", "");
        String resource = "/linux/" + (architecture.equals("x86_64") ? "amd64" : architecture) + "/libzstd-jni-"
                + ZstdVersion.VERSION + ".so";
        new CarriedLibrary("zstd", resource, Native.class).load(file -> {
            System.setProperty(PATH, file.toString());
            Native.load();
            return true;
        });
    }
}
