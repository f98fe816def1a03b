package alexnet.core.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PreparedDataTest {

    private static final StoredSize SIZE = new StoredSize(4, 4);

    @TempDir
    Path folder;

    private PreparedData prepare(Decoding decoding) {
        return PreparedData.of(ImageFolder.open(folder, ImageFolder.HELD_OUT_SHARE), SIZE, decoding);
    }

    @Test
    void filesThatAreNoImagesAreListedWhereverTheyAre() throws IOException {
        TestImages.writeClass(folder.resolve("train/a"), 3, 1);
        TestImages.writeClass(folder.resolve("train/b"), 6, 2);
        TestImages.writeClass(folder.resolve("val/a"), 3, 3);
        TestImages.writeClass(folder.resolve("val/b"), 1, 4);
        Files.writeString(folder.resolve("train/a/broken.jpg"), "no picture");
        Files.writeString(folder.resolve("val/b/list.txt"), "no picture either");
        List<Integer> reports = new ArrayList<>();

        PreparedData data = prepare(new Decoding(2, 1 << 20, (done, total) -> {
            assertEquals(15, total);
            reports.add(done);
        }));

        assertEquals(List.of("train/a/broken.jpg: not an image of a known format", "val/b/list.txt: not an image of a known format"),
                data.skipped().stream().map(Skipped::toString).toList());
        assertEquals(9, data.training().size());
        assertEquals(9, data.statistics().images());
        assertEquals(0.25, data.majorityBaseline());
        assertEquals(15, reports.getLast());
    }

    @Test
    void validationImagesGetTheMemoryThatTrainingImagesLeave() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 5, 1);
        TestImages.writeClass(folder.resolve("b"), 5, 2);
        int image = 3 * SIZE.area();

        assertTrue(prepare(new Decoding(1, 10L * image, Progress.NONE)).validation().cached());
        PreparedData tight = prepare(new Decoding(1, 10L * image - 1, Progress.NONE));
        assertTrue(tight.training().cached());
        assertFalse(tight.validation().cached());
    }

    @Test
    void nothingDependsOnTheNumberOfThreads() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 20, 1);
        TestImages.writeClass(folder.resolve("b"), 11, 2);
        PreparedData one = prepare(new Decoding(1, 0, Progress.NONE));
        PreparedData many = prepare(new Decoding(5, 1 << 20, Progress.NONE));

        assertArrayEquals(one.statistics().mean(), many.statistics().mean());
        assertArrayEquals(one.statistics().components(), many.statistics().components());
        assertArrayEquals(one.statistics().eigenvalues(), many.statistics().eigenvalues());
        assertEquals(one.training().name(7), many.training().name(7));
    }

    @Test
    void aClassWithoutAnyReadableImageIsRefused() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 5, 1);
        for (int i = 0; i < 5; i++) {
            TestImages.write(folder.resolve("b/" + i + ".jpg"), ("text " + i).getBytes(StandardCharsets.UTF_8));
        }

        assertEquals(folder + ": no training image of the class b can be read; mend its images or remove the class",
                assertThrows(DataException.class, () -> prepare(new Decoding(1, 0, Progress.NONE))).getMessage());
    }

    @Test
    void aFolderOfOtherFilesIsRefused() throws IOException {
        for (int i = 0; i < 10; i++) {
            TestImages.write(folder.resolve(i % 2 + "/" + i + ".txt"), ("text " + i).getBytes(StandardCharsets.UTF_8));
        }

        assertTrue(assertThrows(DataException.class, () -> prepare(new Decoding(1, 0, Progress.NONE))).getMessage()
                .startsWith("no images in " + folder + ": none of the 8 training files can be read ("));
    }
}
