package dev.slipway.foundation.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * One function of the C library. Every argument and result travels as a 64-bit integer: both ABIs pass {@code int},
 * {@code long} and pointers in the same registers, and a handful of shapes binds faster than one per function.
 *
 * @param name the symbol
 * @param handle takes the state that errno is written to, then the arguments
 * @param narrow whether the function returns an {@code int}, whose upper half is not defined
 */
@SuppressWarnings("restricted") // native access is what this package is for
record Call(String name, MethodHandle handle, boolean narrow) {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /** A function that returns {@code int}. */
    static Call ofInt(String name, int arguments) {
        return new Call(name, bind(name, arguments), true);
    }

    /** A function that returns {@code long}, {@code ssize_t} or {@code off_t}. */
    static Call ofLong(String name, int arguments) {
        return new Call(name, bind(name, arguments), false);
    }

    /** A variadic function that returns {@code int}: {@code arguments} in all, of which the first {@code fixed} are not variadic. */
    static Call ofVariadic(String name, int fixed, int arguments) {
        return new Call(name, bind(name, arguments, Linker.Option.firstVariadicArg(fixed)), true);
    }

    private static MethodHandle bind(String name, int arguments, Linker.Option... options) {
        MemoryLayout[] longs = new MemoryLayout[arguments];
        Arrays.fill(longs, JAVA_LONG);
        Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_LONG, longs), all);
    }

    /** Memory for one call: its strings, its structures, its errno. */
    static final class Scratch implements AutoCloseable {
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment state = arena.allocate(STATE);

        MemorySegment bytes(long size) {
            return arena.allocate(size, Long.BYTES);
        }

        MemorySegment copy(byte[] content) {
            MemorySegment segment = arena.allocate(Math.max(1, content.length));
            MemorySegment.copy(content, 0, segment, JAVA_BYTE, 0, content.length);
            return segment;
        }

        /** The address of the zero-terminated string. */
        long string(ByteString text) {
            if (text.indexOf(0, 0) >= 0) {
                throw new IllegalArgumentException("a name with a zero byte: " + text);
            }
            MemorySegment segment = arena.allocate(text.length() + 1L);
            MemorySegment.copy(text.toBytes(), 0, segment, JAVA_BYTE, 0, text.length());
            return segment.address();
        }

        long string(String text) {
            return string(ByteString.of(text));
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    /**
     * Makes the call; a call that a signal interrupted is made again.
     *
     * @param subject what it works on, for the message
     * @throws LinuxException if it returns -1
     */
    long on(Object subject, Scratch scratch, long... arguments) {
        long result = attempt(scratch, arguments);
        if (result < 0) {
            throw new LinuxException(name, subject.toString(), (int) -result);
        }
        return result;
    }

    /** Makes the call; a failure is returned as {@code -errno}, as the kernel itself does. */
    long attempt(Scratch scratch, long... arguments) {
        long result;
        do {
            result = once(scratch, arguments);
        } while (result == -Errno.EINTR);
        return result;
    }

    /** Like {@link #attempt}, but an interrupted call fails: for calls that must not be made twice. */
    long once(Scratch scratch, long... arguments) {
        long register = invoke(scratch.state, arguments);
        long result = narrow ? (int) register : register;
        return result == -1 ? -(int) ERRNO.get(scratch.state, 0L) : result;
    }

    private long invoke(MemorySegment state, long... a) {
        try {
            return switch (a.length) {
                case 0 -> (long) handle.invokeExact(state);
                case 1 -> (long) handle.invokeExact(state, a[0]);
                case 2 -> (long) handle.invokeExact(state, a[0], a[1]);
                case 3 -> (long) handle.invokeExact(state, a[0], a[1], a[2]);
                case 4 -> (long) handle.invokeExact(state, a[0], a[1], a[2], a[3]);
                case 5 -> (long) handle.invokeExact(state, a[0], a[1], a[2], a[3], a[4]);
                case 6 -> (long) handle.invokeExact(state, a[0], a[1], a[2], a[3], a[4], a[5]);
                default -> throw new IllegalArgumentException(name + " with " + a.length + " arguments");
            };
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(name, e);
        }
    }
}
