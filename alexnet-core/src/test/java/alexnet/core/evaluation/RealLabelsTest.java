package alexnet.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.data.DataException;

class RealLabelsTest {

    private static final List<String> CLASSES = List.of("a", "b", "c", "d", "e", "f", "g");

    @TempDir
    private Path folder;

    private RealLabels labels(String json) throws IOException {
        return RealLabels.read(Files.writeString(folder.resolve("real.json"), json), CLASSES.size());
    }

    /** Says the classes in this order. */
    private static Answer says(int image, int... order) {
        float[] of = new float[CLASSES.size()];
        for (int place = 0; place < order.length; place++) {
            of[order[place]] = 0.3f - 0.01f * place;
        }
        return Answer.of(image, 0, of);
    }

    private static RealScores scores(RealLabels labels, List<String> names, List<String> unreadable, List<String> classes) {
        return new RealScores(labels, names.size(), names::get, unreadable, classes);
    }

    @Test
    void anyOfTheLabelsIsRightAndImagesWithoutAnyDoNotCount() throws IOException {
        RealScores scores = scores(labels("[[1, 3], [], [6], [2]]"), List.of("w", "x", "y", "z"), List.of(), CLASSES);
        scores.add(says(0, 3, 0));
        scores.add(says(1, 0));
        scores.add(says(2, 0, 1, 2, 3, 6));
        scores.add(says(3, 0, 1, 3, 4, 5, 2));
        assertEquals(3, scores.images());
        assertEquals(1 / 3.0, scores.top1());
        assertEquals(2 / 3.0, scores.top5());
    }

    @Test
    void labelsBelongToImagesByTheirOwnNumbersWhateverTheOrder() throws IOException {
        // The second of three is left out; the first comes last, in another folder.
        RealScores scores = scores(labels("[[0], [1], [2]]"), List.of("val/a/ILSVRC2012_val_00000003.JPEG", "val/z/ILSVRC2012_val_00000001_n01440764.JPEG"),
                List.of("val/a/ILSVRC2012_val_00000002.JPEG"), CLASSES);
        scores.add(says(0, 2));
        scores.add(says(1, 0));
        assertEquals(1, scores.top1());
        assertEquals(2, scores.images());
    }

    @Test
    void otherNamesCountByTheirOrderWithThoseThatCannotBeRead() throws IOException {
        RealScores scores = scores(labels("[[0], [1], [2]]"), List.of("x/c.png", "y/a.png"), List.of("x/b.png"), CLASSES);
        scores.add(says(0, 2));
        scores.add(says(1, 0));
        assertEquals(1, scores.top1());
    }

    @Test
    void aNumberIsAPlaceAmongTheSortedNamesWhateverTheNetworksOrder() throws IOException {
        RealScores scores = scores(labels("[[0]]"), List.of("x"), List.of(), CLASSES.reversed());
        scores.add(says(0, 6));
        assertEquals(1, scores.top1());
    }

    @Test
    void aListForOtherImagesIsRefused() throws IOException {
        RealLabels two = labels("[[0], [1]]");
        assertTrue(assertThrows(DataException.class, () -> scores(two, List.of("x"), List.of(), CLASSES)).getMessage()
                .endsWith("real.json has labels of 2 images, but there are 1: it belongs to other images"));
        assertThrows(DataException.class, () -> scores(two, List.of("ILSVRC2012_val_00000003.JPEG", "ILSVRC2012_val_00000001.JPEG"), List.of(), CLASSES));
        assertThrows(DataException.class, () -> scores(two, List.of("ILSVRC2012_val_00000001.JPEG"), List.of(), CLASSES));
    }

    @Test
    void someOfTheValidationImagesAreMeasuredWithTheWholeList() throws IOException {
        RealScores scores = scores(labels("[" + "[4], ".repeat(49_999) + "[5]]"), List.of("ILSVRC2012_val_00050000.JPEG"), List.of(), CLASSES);
        scores.add(says(0, 5));
        assertEquals(1, scores.top1());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}                     | it is no list",
            "``                     | it is no list",
            "[1]                    | its entry 0 is no list",
            "[[1], [7]]             | its list 1 has the label 7, but the network tells 7 classes apart, 0 to 6",
            "[[-1]]                 | its list 0 has the label -1",
            "[[99999999999999]]     | has the label 99999999999999",
            "[[1.5]]                | its list 0 has something else than whole numbers",
            "[[[1]]]                | its list 0 has something else than whole numbers",
            "[[1]                   | end-of-input",
            "[[1]] x                | Unrecognized token",
            "[[1]] []               | something follows its list"})
    void whatIsNoListOfListsIsRefusedInOneLine(String json, String why) {
        String message = assertThrows(DataException.class, () -> labels(json)).getMessage();
        assertTrue(message.contains("real.json has no labels as real.json has them") && message.contains(why) && message.lines().count() == 1, message);
        assertTrue(assertThrows(DataException.class, () -> RealLabels.read(folder.resolve("none"), 7)).getMessage().contains("none: no such file"));
    }
}
