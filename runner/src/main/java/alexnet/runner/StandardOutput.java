package alexnet.runner;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * Standard output for the program alone, which says when it cannot be written, by exceptions that Java's PrintStream and
 * PrintWriter do not swallow.
 */
final class StandardOutput extends OutputStream {

    /** Whoever read standard output has enough, as {@code head} has after its lines: nothing is to be told. */
    static final class Closed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Closed() {
            super("standard output is closed");
        }
    }

    /** Of {@code struct pollfd}: what is asked for is 4 bytes behind its start, the answer 6. */
    private static final int POLL_BYTES = 8;
    private static final int POLL_ANSWER = 6;
    private static final int POLLERR = 0x8;
    private static final int POLLHUP = 0x10;
    private static final int EINTR = 4;
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    /** The real one, once it is connected. */
    private static int real = Descriptors.OUT;

    private static volatile boolean forgiving;

    private final int descriptor;
    private final MethodHandle write = Descriptors.function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
            Linker.Option.captureCallState("errno"));

    private StandardOutput(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Makes {@code System.out} such a stream, and descriptor 1 {@link NativeOutput native code's}. */
    static void connect() {
        int copy = Descriptors.call("dup", Descriptors.OUT);
        // Where it is closed, there is nothing to keep apart.
        real = copy < 0 ? Descriptors.OUT : copy;
        System.setOut(new PrintStream(new StandardOutput(real), false, System.out.charset()));
        if (copy >= 0) {
            NativeOutput.connect(Descriptors.OUT, System.err);
        }
    }

    /** What it is written to. */
    static Terminal terminal() {
        return new Terminal(real, System.getenv());
    }

    /** From now on it is no failure that nobody reads it any more: the signal that a run has got may have ended its reader, too. */
    static void forgiveClosed() {
        forgiving = true;
    }

    /** @throws OutputException if it cannot be written, or {@link Closed} */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        StatusLine.ofErrors().makeRoom();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment rest = arena.allocate(length).copyFrom(MemorySegment.ofArray(bytes).asSlice(offset, length));
            while (rest.byteSize() > 0) {
                long written = (long) write.invokeExact(state, descriptor, rest, rest.byteSize());
                int error = state.get(JAVA_INT, ERRNO);
                if (written >= 0) {
                    rest = rest.asSlice(written);
                } else if (error != EINTR) {
                    boolean closed = isClosed();
                    if (closed && forgiving) {
                        return;
                    }
                    throw closed ? new Closed() : new OutputException("cannot write to standard output: " + describe(error));
                }
            }
        } catch (RuntimeException told) {
            throw told;
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot call write", failure);
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** Whether it is a pipe or a connection that nobody reads any more. */
    private boolean isClosed() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(POLL_BYTES, Integer.BYTES);
            request.set(JAVA_INT, 0, descriptor);
            Descriptors.function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT)).invokeWithArguments(request, 1L, 0);
            return (request.get(JAVA_SHORT, POLL_ANSWER) & (POLLERR | POLLHUP)) != 0;
        }
    }

    @SuppressWarnings("restricted")
    private static String describe(int error) throws Throwable {
        MemorySegment text = (MemorySegment) Descriptors.function("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT)).invokeExact(error);
        return text.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
