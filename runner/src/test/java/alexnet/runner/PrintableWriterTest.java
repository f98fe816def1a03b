package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableWriterTest {

    private final StringWriter shown = new StringWriter();
    private final PrintableWriter out = new PrintableWriter(shown);

    @ParameterizedTest
    @ValueSource(strings = {"Gr\u00FC\u00DFe", "\u65E5\u672C\u8A9E", "\u05E9\u05DC\u05D5\u05DD", "\uD83D\uDE80", "\uD83D\uDC69\u200D\uD83D\uDE80", "e\u0301", "a\\b", "1\t2"})
    void whatATerminalShowsStaysAsItIs(String text) {
        out.println(text);
        assertEquals(text + System.lineSeparator(), shown.toString());
    }

    @ParameterizedTest
    @CsvSource({"1B, \\u001B", "0, \\u0000", "7, \\u0007", "8, \\u0008", "D, \\u000D", "A, \\n", "7F, \\u007F", "85, \\u0085", "9B, \\u009B",
        "202E, \\u202E", "2066, \\u2066", "200F, \\u200F", "61C, \\u061C", "2028, \\u2028", "2029, \\u2029", "D800, \\uD800", "DFFF, \\uDFFF"})
    void whatWouldSteerItIsEscaped(String code, String escape) {
        out.println("a" + (char) Integer.parseInt(code, 16) + "b");
        out.printf("%-10s|%n", "a" + (char) Integer.parseInt(code, 16) + "b");
        assertEquals("a%sb\n%-10s|\n".formatted(escape, "a" + escape + "b"), shown.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void nothingPrintedIsLeftOut() {
        out.print("\u001Ba");
        out.print('\u001B');
        out.print(new char[] {'\u001B', 'b'});
        out.println((Object) "\u001Bc");
        out.append("\u001Bd").append('\u001B');
        out.format("%s %d %s\u001B", "\u001Be", 1, null);
        out.write("two\nlines");
        assertEquals("\\u001Ba\\u001B\\u001Bb\\u001Bc\n\\u001Bd\\u001B\\u001Be 1 null\\u001Btwo\nlines",
                shown.toString().replace(System.lineSeparator(), "\n"));
    }
}
