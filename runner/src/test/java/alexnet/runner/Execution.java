package alexnet.runner;

import java.io.StringWriter;
import java.io.Writer;
import java.util.stream.Stream;

/** What a command line, run in this process, printed and returned. */
record Execution(int code, String out, String err) {

    static Execution of(Object... arguments) {
        return to(new StringWriter(), arguments);
    }

    /** With {@code out} as standard output. */
    static Execution to(Writer out, Object... arguments) {
        StringWriter err = new StringWriter();
        int code = Main.commandLine(out, err).execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Execution(code, out.toString(), err.toString());
    }
}
