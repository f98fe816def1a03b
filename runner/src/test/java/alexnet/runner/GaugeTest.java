package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaugeTest {

    private static final Gauge TRAINING = new Gauge("epoch  3/30", 41, 100, List.of(new Part(10, "loss 2.031"), new Part(40, "54.2 images/s"),
            new Part(45, "12 % waiting"), new Part(20, "1:23:45 left")));

    @Test
    void whatCountsLessMakesRoom() {
        assertEquals("epoch  3/30 [====================>                             ]  41 %, loss 2.031, 54.2 images/s, 12 % waiting, 1:23:45 left",
                TRAINING.line(200));
        assertEquals("epoch  3/30  41 %, loss 2.031, 54.2 images/s, 12 % waiting, 1:23:45 left", TRAINING.line(79));
        assertEquals("epoch  3/30, loss 2.031, 1:23:45 left", TRAINING.line(39));
        assertEquals("epoch  3/30, loss 2.031", TRAINING.line(28));
        assertEquals("epoch  3/30", TRAINING.line(12));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 20, 39, 40, 59, 79, 80, 99, 119, 199, 500})
    void noLineIsLongerThanItsTerminal(int columns) {
        for (long done : new long[] {0, 1, 99, 100}) {
            String line = Columns.cut(new Gauge("\u65E5\u672C\u8A9E", done, 100, TRAINING.details()).line(columns), columns);
            assertTrue(Columns.width(line) <= columns, line);
        }
    }

    @Test
    void aBarIsEmptyAtFirstAndFullAtTheEnd() {
        assertEquals("x [>" + " ".repeat(49) + "]   0 %", new Gauge("x", 0, 7, List.of()).line(100));
        assertEquals("x [" + "=".repeat(50) + "] 100 %", new Gauge("x", 7, 7, List.of()).line(100));
        assertEquals("x [>" + " ".repeat(49) + "]   0 %", new Gauge("x", 0, 0, List.of()).line(100));
    }

    @Test
    void aLogIsToldAll() {
        assertEquals("epoch  3/30: 41 of 100, loss 2.031, 54.2 images/s, 12 % waiting, 1:23:45 left", TRAINING.line());
    }

    @ParameterizedTest
    @CsvSource({"abc, 3", "\u65E5\u672C, 4", "e\u0301, 1", "\uD83D\uDE80, 2", "'', 0"})
    void charactersTakeTheColumnsThatATerminalGivesThem(String text, int columns) {
        assertEquals(columns, Columns.width(text));
        assertEquals(text, Columns.cut(text, columns));
        assertTrue(columns == 0 || Columns.width(Columns.cut(text, columns - 1)) < columns);
    }
}
