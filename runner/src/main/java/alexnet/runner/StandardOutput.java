package alexnet.runner;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/** Standard output that says when it cannot be written, by exceptions that Java's PrintStream and PrintWriter do not swallow. */
final class StandardOutput extends OutputStream {

    /** Whoever read standard output has enough, as {@code head} has after its lines: nothing is to be told. */
    static final class Closed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Closed(IOException failure) {
            super("standard output is closed", failure);
        }
    }

    private static final int DESCRIPTOR = 1;
    /** Of {@code struct pollfd}: what is asked for is 4 bytes behind its start, the answer 6. */
    private static final int POLL_BYTES = 8;
    private static final int POLL_ANSWER = 6;
    private static final int POLLERR = 0x8;
    private static final int POLLHUP = 0x10;

    private final OutputStream descriptor = new FileOutputStream(FileDescriptor.out);

    private StandardOutput() {
    }

    /** Makes {@code System.out} such a stream. */
    static void connect() {
        System.setOut(new PrintStream(new StandardOutput(), false, System.out.charset()));
    }

    /** @throws OutputException if it cannot be written, or {@link Closed} */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            descriptor.write(bytes, offset, length);
        } catch (IOException failure) {
            throw isClosed() ? new Closed(failure) : new OutputException("cannot write to standard output: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** Whether it is a pipe or a connection that nobody reads any more; what Java says of it is in the user's language. */
    @SuppressWarnings("restricted")
    private static boolean isClosed() {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(POLL_BYTES, Integer.BYTES);
            request.set(JAVA_INT, 0, DESCRIPTOR);
            linker.downcallHandle(linker.defaultLookup().findOrThrow("poll"), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT))
                    .invokeWithArguments(request, 1L, 0);
            return (request.get(JAVA_SHORT, POLL_ANSWER) & (POLLERR | POLLHUP)) != 0;
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot call poll", failure);
        }
    }
}
