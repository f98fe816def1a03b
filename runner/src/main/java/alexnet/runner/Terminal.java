package alexnet.runner;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/**
 * What a descriptor writes to: a terminal, of which everything is asked anew each time, as people resize windows; or something else.
 *
 * @param descriptor  1 for standard output, 2 for standard error, or a copy of theirs
 * @param environment of the process
 */
record Terminal(int descriptor, Map<String, String> environment) {

    private static final int USUAL_COLUMNS = 80;
    /** {@code TIOCGWINSZ} of Linux and of macOS. */
    private static final long ASK_SIZE = System.getProperty("os.name").startsWith("Mac") ? 0x40087468L : 0x5413L;
    /** Of {@code struct winsize}: rows, columns, and both in pixels, a short each. */
    private static final int SIZE_SHORTS = 4;

    /** Standard error. */
    static Terminal ofErrors() {
        return new Terminal(Descriptors.ERR, System.getenv());
    }

    /** Whether a person may be watching. */
    boolean isThere() {
        return Descriptors.call("isatty", descriptor) == 1;
    }

    /** Whether a line can be drawn over again: not on what does no more than a printer, as inside of an editor. */
    boolean canRedraw() {
        return isThere() && !isDumb();
    }

    private boolean isDumb() {
        String kind = environment.getOrDefault("TERM", "");
        return kind.isEmpty() || kind.equals("dumb");
    }

    /** Whether text is to be coloured; see no-color.org and bixense.com/clicolors. */
    boolean hasColours() {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        if (!environment.getOrDefault("CLICOLOR_FORCE", "0").equals("0")) {
            return true;
        }
        return !environment.getOrDefault("CLICOLOR", "1").equals("0") && canRedraw();
    }

    /** Characters in a line: the window's, or fewer where {@code COLUMNS} says so; 80 where neither tells. */
    int columns() {
        int window = windowColumns();
        int asked = askedColumns();
        return window == 0 && asked == 0 ? USUAL_COLUMNS : window == 0 ? asked : asked == 0 ? window : Math.min(window, asked);
    }

    private int askedColumns() {
        try {
            return Math.max(0, Integer.parseInt(environment.getOrDefault("COLUMNS", "0")));
        } catch (NumberFormatException unusable) {
            return 0;
        }
    }

    /** 0 where it is no terminal, or one that does not know. */
    private int windowColumns() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_SHORT, SIZE_SHORTS);
            int failed = (int) Descriptors.function("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                    Linker.Option.firstVariadicArg(2)).invokeExact(descriptor, ASK_SIZE, size);
            return failed == 0 ? Short.toUnsignedInt(size.getAtIndex(JAVA_SHORT, 1)) : 0;
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot call ioctl", failure);
        }
    }
}
