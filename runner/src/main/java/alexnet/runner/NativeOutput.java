package alexnet.runner;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import alexnet.kernels.DriverErrors;

/**
 * What native code, as of drivers and TornadoVM, writes to descriptor 1: a pipe, from which all of it goes on to standard error.
 * TornadoVM's lines of what a driver refused are remembered: nothing else tells of it.
 */
final class NativeOutput {

    /** TornadoVM 5.2 to 7; NVML reads power meters alone. */
    private static final Pattern ERROR = Pattern.compile("\\[TornadoVM-(?!\\S*NVML)\\S+\\] ERROR : (.*)");
    /** Written to the pipe to see when all before it has come out. No text has it. */
    private static final byte MARK = 0;
    private static final int BUFFER = 4096;

    private final int entry;
    private final int exit;
    private final PrintStream target;
    private final Semaphore marks = new Semaphore(0);
    private final AtomicReference<String> error = new AtomicReference<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final MethodHandle read = Descriptors.function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private final MethodHandle write = Descriptors.function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

    private NativeOutput(int entry, int exit, PrintStream target) {
        this.entry = entry;
        this.exit = exit;
        this.target = target;
    }

    /** Makes a descriptor such a pipe, for the rest of the process. */
    static void connect(int descriptor, PrintStream target) {
        NativeOutput output;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            if ((int) Descriptors.function("pipe", FunctionDescriptor.of(JAVA_INT, ADDRESS)).invokeExact(ends) < 0) {
                throw new IllegalStateException("too many are open");
            }
            Descriptors.call("dup2", ends.getAtIndex(JAVA_INT, 1), descriptor);
            Descriptors.call("close", ends.getAtIndex(JAVA_INT, 1));
            output = new NativeOutput(descriptor, ends.getAtIndex(JAVA_INT, 0), target);
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot make descriptor " + descriptor + " a pipe", failure);
        }
        Thread.ofPlatform().daemon().name("what native code prints").start(output::passOn);
        DriverErrors.listen(output::error);
    }

    /** The first error since it was last asked for, once all that was written until now has been read. */
    private synchronized Optional<String> error() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mark = arena.allocate(1).fill(MARK);
            if ((long) write.invokeExact(entry, mark, 1L) == 1) {
                marks.acquireUninterruptibly();
            }
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot call write", failure);
        }
        return Optional.ofNullable(error.getAndSet(null));
    }

    private void passOn() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER);
            long length;
            do {
                length = (long) read.invokeExact(exit, buffer, buffer.byteSize());
                for (long i = 0; i < length; i++) {
                    take(buffer.get(JAVA_BYTE, i));
                }
                target.flush();
            } while (length > 0);
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot call read", failure);
        } finally {
            // Where nothing comes out any more, nobody may wait for it.
            marks.release(Integer.MAX_VALUE);
        }
    }

    private void take(byte value) {
        if (value == MARK) {
            marks.release();
            return;
        }
        target.write(value);
        line.write(value);
        if (value == '\n') {
            Matcher matcher = ERROR.matcher(line.toString(StandardCharsets.UTF_8));
            if (matcher.find()) {
                error.compareAndSet(null, matcher.group(1).strip());
            }
            line.reset();
        }
    }
}
