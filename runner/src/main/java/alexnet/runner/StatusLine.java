package alexnet.runner;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The line below all others on a terminal, which is drawn over again as work goes on and makes room for whatever else is printed, be
 * it by drivers.
 */
final class StatusLine {

    private static final int REDRAW_MILLIS = 200;
    /** So long somebody may leave a line unfinished. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String ERASE = "\r\u001B[K";

    private static final StatusLine OF_ERRORS = new StatusLine(Terminal.ofErrors(), System.err);

    private final Terminal terminal;
    private final PrintStream target;
    /** Makes of the columns that there are a line of no more; null where nothing is to be shown. */
    private IntFunction<String> text;
    private boolean drawn;
    /** Whether others have begun a line and not ended it. */
    private boolean midLine;
    /** When they last printed, by the clock. */
    private long printed;
    private Thread painter;

    private StatusLine(Terminal terminal, PrintStream target) {
        this.terminal = terminal;
        this.target = target;
    }

    /** The one of the terminal that standard error is, if it is one. */
    static StatusLine ofErrors() {
        return OF_ERRORS;
    }

    /** Has {@code System.err} make room; and the line vanish when the program ends. */
    void connect() {
        if (isPossible()) {
            System.setErr(new PrintStream(new Others(), true, System.err.charset()));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("status line's end").unstarted(() -> show(null)));
        }
    }

    /** Whether there is a terminal that can show it. */
    boolean isPossible() {
        return terminal.canRedraw();
    }

    /** Shows {@code line}, which is asked for anew at each drawing; null takes the line away. */
    synchronized void show(IntFunction<String> line) {
        text = line;
        if (line == null) {
            makeRoom();
        } else if (painter == null) {
            painter = Thread.ofPlatform().daemon().name("status line").start(this::paint);
        }
    }

    /** Takes the line away until it is next drawn: something is going to be printed. */
    synchronized void makeRoom() {
        if (drawn) {
            target.print(ERASE);
            target.flush();
            drawn = false;
        }
    }

    private synchronized void paint() {
        try {
            while (true) {
                if (text != null && midLine && System.nanoTime() - printed > PATIENCE_NANOS) {
                    target.println();
                    midLine = false;
                }
                if (text != null && !midLine) {
                    // The last column stays free: in it, terminals differ on where the next character goes.
                    String line = Columns.cut(Printable.line(text.apply(terminal.columns() - 1)), terminal.columns() - 1);
                    target.print('\r' + line + "\u001B[K");
                    target.flush();
                    drawn = true;
                }
                wait(REDRAW_MILLIS);
            }
        } catch (InterruptedException nobodys) {
            Thread.currentThread().interrupt();
        }
    }

    /** What everybody else prints. */
    private final class Others extends FilterOutputStream {

        Others() {
            super(target);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                synchronized (StatusLine.this) {
                    makeRoom();
                    target.write(bytes, offset, length);
                    midLine = bytes[offset + length - 1] != '\n';
                    printed = System.nanoTime();
                }
            }
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
