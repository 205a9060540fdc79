package dev.slipway.image.compress;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.slipway.foundation.error.MachineException;
import dev.slipway.foundation.error.Problem;
import io.airlift.compress.v3.deflate.DeflateNativeCompressor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A compressor of libdeflate, in the one version that this program carries. It is the only thing here that deflates: the
 * bytes of a blob, and with them its digest, depend on the library and its version, so there is nothing in its place
 * where it cannot be loaded. Used by one thread at a time; its memory goes with the object.
 *
 * @see <a href="https://github.com/ebiggers/libdeflate/blob/master/libdeflate.h">libdeflate.h</a>
 */
@SuppressWarnings("restricted") // native access is what this class is for
final class LibDeflate {
    private final MemorySegment compressor;

    /**
     * Makes a compressor.
     *
     * @throws dev.slipway.foundation.error.MachineException if the library cannot be loaded
     */
    LibDeflate(int level) {
        try {
            MemorySegment made = (MemorySegment) Library.get().allocate.invokeExact(level);
            if (made.equals(MemorySegment.NULL)) {
                throw new OutOfMemoryError("libdeflate has no memory for a compressor of level " + level);
            }
            this.compressor = made.reinterpret(Arena.ofAuto(), LibDeflate::free);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("libdeflate_alloc_compressor", e);
        }
    }

    private static void free(MemorySegment compressor) {
        try {
            Library.get().free.invokeExact(compressor);
        } catch (Throwable e) {
            throw new IllegalStateException("libdeflate_free_compressor", e);
        }
    }

    /** Loads the library now, so that it is known before any work is done that it can be. */
    static void require() {
        Library.get();
    }

    /**
     * Compresses a whole buffer, without header and trailer.
     *
     * @return how many bytes were put into {@code output}
     * @throws IllegalStateException if {@code output} is too short for what cannot be shrunk
     */
    int compress(byte[] input, int length, byte[] output) {
        long written;
        try {
            written = (long) Library.get()
                    .compress
                    .invokeExact(
                            compressor,
                            MemorySegment.ofArray(input),
                            (long) length,
                            MemorySegment.ofArray(output),
                            (long) output.length);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("libdeflate_deflate_compress", e);
        }
        if (written == 0) {
            throw new IllegalStateException("the buffer for a gzip member is too small");
        }
        return Math.toIntExact(written);
    }

    /** Its functions, bound when the first is needed. */
    private record Library(MethodHandle allocate, MethodHandle compress, MethodHandle free) {
        private static final Attempt ATTEMPT = Attempt.make();

        static Library get() {
            return ATTEMPT.library();
        }

        private static Library load() {
            return new CarriedLibrary("libdeflate", resource(), DeflateNativeCompressor.class)
                    .load(file -> of(SymbolLookup.libraryLookup(file.toString(), Arena.global())));
        }

        private static String resource() {
            String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
            return "/aircompressor/linux-" + (architecture.equals("x86_64") ? "amd64" : architecture)
                    + "/libdeflate.so";
        }

        private static Library of(SymbolLookup symbols) {
            Linker linker = Linker.nativeLinker();
            return new Library(
                    linker.downcallHandle(
                            symbols.findOrThrow("libdeflate_alloc_compressor"),
                            FunctionDescriptor.of(ADDRESS, JAVA_INT)),
                    linker.downcallHandle(
                            symbols.findOrThrow("libdeflate_deflate_compress"),
                            FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG),
                            Linker.Option.critical(true)), // reads and writes the arrays where they are
                    linker.downcallHandle(
                            symbols.findOrThrow("libdeflate_free_compressor"), FunctionDescriptor.ofVoid(ADDRESS)));
        }
    }

    /** What came of loading: a class that fails to be set up could not say why. */
    private record Attempt(Optional<Library> loaded, List<Problem> problems) {
        static Attempt make() {
            try {
                return new Attempt(Optional.of(Library.load()), List.of());
            } catch (MachineException e) {
                return new Attempt(Optional.empty(), e.problems());
            }
        }

        Library library() {
            return loaded.orElseThrow(() -> new MachineException(problems.getFirst()));
        }
    }
}
