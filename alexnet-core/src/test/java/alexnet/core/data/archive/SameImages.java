package alexnet.core.data.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import alexnet.core.data.Dataset;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestImages;

/** Five photographs to learn from and two to measure with, of two of ImageNet's classes, and what is the same of them in every form. */
public final class SameImages {

    private static final Preprocessing SIZE = Preprocessing.covering(new StoredSize(4, 4));

    public static final String FIRST = "n00000001";
    public static final String SECOND = "n00000009";

    private SameImages() {
    }

    public static byte[] picture(long seed) throws IOException {
        return TestImages.encode(TestImages.noise(6, 5, seed), "png");
    }

    /** {@code train/<wnid>/}. */
    public static void writeTraining(Path folder) throws IOException {
        for (int i = 0; i < 5; i++) {
            String wnid = i % 2 == 0 ? SECOND : FIRST;
            TestImages.write(folder.resolve("train/%s/%s_%d.JPEG".formatted(wnid, wnid, i)), picture(i));
        }
    }

    /** {@code train/<wnid>/} and {@code val/<wnid>/}. */
    public static void writeFolders(Path folder) throws IOException {
        writeTraining(folder);
        TestImages.write(folder.resolve("val/" + SECOND + "/ILSVRC2012_val_00000001.JPEG"), picture(10));
        TestImages.write(folder.resolve("val/" + FIRST + "/ILSVRC2012_val_00000002.JPEG"), picture(11));
    }

    /** {@code train/<wnid>/} and {@code val/}. */
    public static void writeFlat(Path folder) throws IOException {
        writeTraining(folder);
        TestImages.write(folder.resolve("val/ILSVRC2012_val_00000001.JPEG"), picture(10));
        TestImages.write(folder.resolve("val/ILSVRC2012_val_00000002.JPEG"), picture(11));
    }

    public static void assertSame(Dataset expected, Dataset actual) throws IOException {
        assertEquals(expected.classes(), actual.classes());
        assertEquals(contents(expected.training()), contents(actual.training()));
        assertEquals(contents(expected.validation()), contents(actual.validation()));
    }

    /** For each name what is drawn, learnt and seen, read from the last to the first. */
    public static Map<String, String> contents(ImageSource source) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (int i = source.size() - 1; i >= 0; i--) {
            byte[] pixels = new byte[3 * SIZE.size().area()];
            source.read(i, SIZE, MemorySegment.ofArray(pixels));
            contents.put(source.sampleName(i), source.label(i) + " " + source.key(i) + " " + Arrays.toString(pixels));
        }
        return contents;
    }
}
