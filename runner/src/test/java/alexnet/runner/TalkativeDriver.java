package alexnet.runner;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** The program with native code that prints a line on descriptor 1 whenever the program has told a certain word on standard error. */
final class TalkativeDriver {

    private TalkativeDriver() {
    }

    /** The system property {@code word} has it say the property {@code line}. */
    public static void main(String[] arguments) {
        PrintStream real = System.err;
        System.setErr(new PrintStream(new OutputStream() {

            private final StringBuilder told = new StringBuilder();

            @Override
            public void write(int value) {
                real.write(value);
                real.flush();
                told.append((char) value);
                if (told.toString().endsWith(System.getProperty("word"))) {
                    told.setLength(0);
                    print(System.getProperty("line") + "\n");
                }
            }
        }, true));
        Main.main(arguments);
    }

    static void print(String text) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Descriptors.function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG))
                    .invokeWithArguments(Descriptors.OUT, arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes)),
                            (long) bytes.length);
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
