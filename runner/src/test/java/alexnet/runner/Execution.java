package alexnet.runner;

import java.io.PrintWriter;
import java.io.StringWriter;

import picocli.CommandLine;

/** What a command line, run in this process, printed and returned. */
record Execution(int code, String out, String err) {

    static Execution of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int code = commandLine.execute(texts);
        return new Execution(code, out.toString(), err.toString());
    }
}
