package alexnet.core.data.feed;

import alexnet.core.data.DataException;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.MaxBad;
import alexnet.core.data.Progress;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredImages;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestImages;
import alexnet.core.data.folder.ImageFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TrainingDataTest {

    private static final StoredSize SIZE = new StoredSize(4, 4);

    @TempDir
    Path folder;

    private MaxBad maxBad = new MaxBad(1);

    private TrainingData prepare(Decoding decoding) {
        return TrainingData.of(ImageFolder.open(folder, ImageFolder.HELD_OUT_SHARE), Preprocessing.covering(SIZE), decoding, maxBad);
    }

    @Test
    void filesThatAreNoImagesAreListedWhereverTheyAre() throws IOException {
        TestImages.writeClass(folder.resolve("train/a"), 3, 1);
        TestImages.writeClass(folder.resolve("train/b"), 6, 2);
        TestImages.writeClass(folder.resolve("val/a"), 3, 3);
        TestImages.writeClass(folder.resolve("val/b"), 1, 4);
        Files.writeString(folder.resolve("train/a/broken.jpg"), "no picture");
        TestImages.write(folder.resolve("val/b/cut"), TestImages.truncated(5));
        Files.writeString(folder.resolve("val/b/list.txt"), "no picture either");
        List<Integer> reports = new ArrayList<>();

        TrainingData data = prepare(new Decoding(2, 1 << 20, (done, total) -> {
            assertEquals(15, total);
            reports.add(done);
        }));

        assertEquals(List.of("train/a/broken.jpg", "val/b/cut"), data.skipped().stream().map(Skipped::name).toList());
        assertEquals("train/a/broken.jpg: not an image of a known format", data.skipped().getFirst().toString());
        assertTrue(data.dataset().notes().contains("1 file that is no image passed over: val/b/list.txt"), data.dataset().notes().toString());
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

        assertTrue(cached(prepare(new Decoding(1, 10L * image, Progress.NONE)).validation()));
        TrainingData tight = prepare(new Decoding(1, 10L * image - 1, Progress.NONE));
        assertTrue(cached(tight.training()));
        assertFalse(cached(tight.validation()));
    }

    private static boolean cached(StoredImages images) {
        return ((CheckedImages) images).cached();
    }

    @Test
    void nothingDependsOnTheNumberOfThreads() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 20, 1);
        TestImages.writeClass(folder.resolve("b"), 11, 2);
        TrainingData one = prepare(new Decoding(1, 0, Progress.NONE));
        TrainingData many = prepare(new Decoding(5, 1 << 20, Progress.NONE));

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

        String refusal = assertThrows(DataException.class, () -> prepare(new Decoding(1, 0, Progress.NONE))).getMessage();
        assertTrue(refusal.matches("\\Q" + folder + "\\E: no training image of the class b can be read"
                + " \\(b/\\d\\.jpg: not an image of a known format\\); mend its images or remove the class"), refusal);
    }

    @Test
    void aFolderOfOtherFilesIsRefused() throws IOException {
        for (int i = 0; i < 10; i++) {
            TestImages.write(folder.resolve(i % 2 + "/" + i + ".txt"), ("text " + i).getBytes(StandardCharsets.UTF_8));
        }

        assertTrue(refusal().startsWith("no images in " + folder + ": expected <class>/<image>"));
    }

    private String refusal() {
        return assertThrows(DataException.class, () -> prepare(new Decoding(1, 0, Progress.NONE))).getMessage();
    }

    @Test
    void aFewBadFilesAreLeftOutAndManyStopTheRun() throws IOException {
        maxBad = MaxBad.STANDARD;
        TestImages.writeClass(folder.resolve("train/a"), 14, 1);
        TestImages.writeClass(folder.resolve("train/b"), 14, 2);
        TestImages.writeClass(folder.resolve("val/b"), 2, 3);
        for (int i = 0; i < MaxBad.FEW; i++) {
            TestImages.write(folder.resolve("train/a/bad" + i + ".png"), TestImages.truncated(i));
        }
        assertEquals(MaxBad.FEW, prepare(new Decoding(1, 0, Progress.NONE)).skipped().size());
        maxBad = new MaxBad(0);
        assertTrue(refusal().contains("5 of 35 images cannot be read, more than --max-bad 0 % allows"), refusal());

        maxBad = MaxBad.STANDARD;
        TestImages.write(folder.resolve("val/b/bad.png"), TestImages.truncated(9));
        String message = refusal();
        assertTrue(message.startsWith(folder + ": 6 of 36 images cannot be read, more than --max-bad 1 % allows: train/a/bad0.png: "), message);
        assertTrue(message.endsWith("; and 3 more; mend or remove them, or allow more by --max-bad"), message);
        maxBad = new MaxBad(6.0 / 36);
        assertEquals(6, prepare(new Decoding(1, 0, Progress.NONE)).skipped().size());
    }

    @Test
    void filesThatAreBrokenInTheSameWayAllCount() throws IOException {
        TestImages.writeClass(folder.resolve("a"), 5, 1);
        TestImages.writeClass(folder.resolve("b"), 5, 2);
        for (String name : List.of("a", "b")) {
            TestImages.write(folder.resolve(name + "/empty1.png"), new byte[0]);
            TestImages.write(folder.resolve(name + "/empty2.png"), new byte[0]);
            Files.writeString(folder.resolve(name + "/gone.jpg"), "<html>404</html>");
        }
        assertEquals(6, prepare(new Decoding(1, 0, Progress.NONE)).skipped().stream().filter(Skipped::unreadable).count());
        maxBad = MaxBad.STANDARD;
        assertTrue(refusal().contains("6 of 16 images cannot be read"), refusal());
    }

    @Test
    void aSetThatWasChangedIsToldByTheFirstImage() throws IOException {
        TestImages.writeClass(folder.resolve("train/a"), 4, 1);
        TestImages.writeClass(folder.resolve("train/b"), 4, 2);
        TestImages.writeClass(folder.resolve("val/b"), 2, 3);
        TestImages.write(folder.resolve("train/b/bad.png"), TestImages.truncated(1));
        Fingerprint before = Fingerprint.unpack(fingerprint().pack());
        assertEquals(Optional.empty(), before.changes(fingerprint()));

        Files.delete(folder.resolve("train/b/bad.png"));
        assertEquals(Optional.empty(), before.changes(fingerprint()), "what could not be read has not been learnt");

        TestImages.write(folder.resolve("train/a/0.png"), TestImages.encode(TestImages.noise(9, 9, 1), "png"));
        assertEquals(Optional.of("1 changed in size or content; the first: train/a/0.png"), before.changes(fingerprint()));
        TestImages.writeClass(folder.resolve("train/a/new"), 3, 5);
        Files.move(folder.resolve("train/b/2.png"), folder.resolve("train/a/2b.png"));
        assertEquals(Optional.of("4 more, 1 missing, 1 changed in size or content; the first: train/a/2b.png"), before.changes(fingerprint()));

        TestImages.write(folder.resolve("val/b/1.png"), TestImages.truncated(1));
        assertTrue(before.changes(fingerprint()).orElseThrow().contains("1 no longer readable"));
    }

    private Fingerprint fingerprint() {
        return prepare(new Decoding(1, 0, Progress.NONE)).fingerprint();
    }

    @Test
    void imagesThatChangeSidesOrClassesAreTold() {
        Fingerprint before = new Fingerprint(Map.of("x", new Fingerprint.Image(Fingerprint.Use.TRAINING, 0, "1"),
                "y", new Fingerprint.Image(Fingerprint.Use.UNREADABLE, -1, "")));
        assertEquals(Optional.of("1 moved from training to validation; the first: x"),
                before.changes(new Fingerprint(Map.of("x", new Fingerprint.Image(Fingerprint.Use.VALIDATION, 0, "1")))));
        assertEquals(Optional.of("1 of another class; the first: x"),
                before.changes(new Fingerprint(Map.of("x", new Fingerprint.Image(Fingerprint.Use.TRAINING, 1, "1")))));
        assertTrue(before.changes(new Fingerprint(Map.of("y", new Fingerprint.Image(Fingerprint.Use.TRAINING, 1, "1")))).orElseThrow()
                .contains("1 readable that were not"));
    }

    @Test
    void aDamagedFingerprintIsRefused() {
        byte[] whole = new Fingerprint(Map.of("a\n\"b\",\tc", new Fingerprint.Image(Fingerprint.Use.TRAINING, 3, "12"))).pack();
        assertEquals(Set.of("a\n\"b\",\tc"), Fingerprint.unpack(whole).images().keySet());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IllegalArgumentException.class, () -> Fingerprint.unpack(cut));
        }
    }
}
