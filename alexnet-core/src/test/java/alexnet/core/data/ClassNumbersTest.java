package alexnet.core.data;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNumbersTest {

    private static final List<String> THREE = List.of("n01440764", "n01443537", "n01484850");
    private static final List<String> ILSVRC = IntStream.range(0, 1000).mapToObj(c -> String.format("n%08d", 1_440_764 + c)).toList();
    /** As the ground truth begins. */
    private static final int[] IDS = {490, 361, 171, 822, 297};

    private record Named(List<String> names, int[] labels) implements ImageSource {

        @Override
        public int size() {
            return names.size();
        }

        @Override
        public int channels() {
            return 3;
        }

        @Override
        public int label(int index) {
            return labels[index];
        }

        @Override
        public String name(int index) {
            return names.get(index);
        }

        @Override
        public String sampleName(int index) {
            return SampleName.ofPath(names.get(index));
        }

        @Override
        public String content(int index) {
            return "";
        }

        @Override
        public void read(int index, Preprocessing preprocessing, MemorySegment pixels) {
            throw new UnsupportedOperationException();
        }
    }

    private static void require(List<String> classes, List<String> names, int... labels) {
        ClassNumbers.require(Path.of("imagenet"), classes, new Named(names, labels));
    }

    @Test
    void namesOfFilesThatTellAnotherClassThanTheirLabelsAreRefused() {
        List<String> names = List.of("train/n01440764_1.JPEG", "train/n01443537_2.JPEG", "val/ILSVRC2012_val_00000007_n01484850.JPEG", "val/other.png");
        assertDoesNotThrow(() -> require(THREE, names, 0, 1, 2, 0));
        assertEquals("imagenet: its labels are not its classes: train/n01440764_1.JPEG has the label of n01443537, and so on; name the classes by"
                + " their WNIDs, or map their numbers by the development kit's meta.mat",
                assertThrows(DataException.class, () -> require(THREE, names, 1, 2, 0, 0)).getMessage());
    }

    @Test
    void oneImageThatSomebodyHasMovedIsNoMixUp() {
        List<String> names = List.of("n01440764_1.JPEG", "n01443537_2.JPEG", "n01443537_3.JPEG");
        assertDoesNotThrow(() -> require(THREE, names, 0, 1, 2));
        assertDoesNotThrow(() -> require(List.of("cat", "dog", "fish"), names, 0, 1, 2), "classes with names of their own");
        assertDoesNotThrow(() -> require(THREE, names, -1, -1, -1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void validationLabelsThatAreIdsAreKnownByTheFirstImages(int less) {
        List<String> names = IntStream.rangeClosed(1, 6).mapToObj(number -> String.format("val/ILSVRC2012_val_%08d.JPEG", number)).toList();
        int[] labels = IntStream.concat(IntStream.of(IDS), IntStream.of(13)).map(id -> id - less).toArray();
        String message = assertThrows(DataException.class, () -> require(ILSVRC, names, labels)).getMessage();
        assertTrue(message.startsWith("imagenet: its labels are not its classes: those of the first validation images are ILSVRC2012_IDs"), message);
        assertEquals(less == 1, message.contains("less 1"));
        labels[2] = 5;
        assertDoesNotThrow(() -> require(ILSVRC, names, labels));
    }

    @Test
    void numbersAreNoNames() {
        assertTrue(ClassNumbers.advice(THREE, List.of("1", "2", "1000")).startsWith("numbers may be ILSVRC2012_IDs"));
        assertTrue(ClassNumbers.advice(List.of("0", "1"), THREE).startsWith("it knows its classes by number alone"));
        assertEquals("leave that class out", ClassNumbers.advice(THREE, List.of("cat")));
    }
}
