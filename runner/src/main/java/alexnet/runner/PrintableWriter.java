package alexnet.runner;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.stream.Stream;

/** What commands print to: all of it is {@link Printable}, what is given to println or is an argument of a format stays in its line. */
final class PrintableWriter extends PrintWriter {

    /** @param out is flushed after every line */
    PrintableWriter(Writer out) {
        super(out, true);
    }

    @Override
    public void write(String text, int offset, int length) {
        String printable = Printable.text(text.substring(offset, offset + length));
        super.write(printable, 0, printable.length());
    }

    @Override
    public void write(char[] text, int offset, int length) {
        write(new String(text, offset, length));
    }

    @Override
    public void write(int character) {
        write(String.valueOf((char) character));
    }

    @Override
    public void println(String line) {
        super.println(Printable.line(String.valueOf(line)));
    }

    @Override
    public void println(Object line) {
        println(String.valueOf(line));
    }

    @Override
    public PrintWriter format(String format, Object... arguments) {
        return format(Locale.ROOT, format, arguments);
    }

    @Override
    public PrintWriter format(Locale locale, String format, Object... arguments) {
        return super.format(locale, format, Stream.of(arguments)
                .map(argument -> argument instanceof Number || argument == null ? argument : Printable.line(argument.toString())).toArray());
    }
}
