package alexnet.core.data.idx;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestSet;
import alexnet.core.data.catalog.Datasets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IdxFolderTest {

    @TempDir
    Path folder;

    @BeforeEach
    void fourFiles() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), idx(new int[] {3, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255));
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idx(new int[] {3}, 0, 2, 1));
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), gzip(idx(new int[] {1, 2, 2}, 21, 22, 23, 24)));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), gzip(idx(new int[] {1}, 2)));
    }

    private static byte[] idx(int[] dimensions, int... elements) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + elements.length);
        buffer.putInt(0x0800 | dimensions.length);
        Arrays.stream(dimensions).forEach(buffer::putInt);
        Arrays.stream(elements).forEach(element -> buffer.put((byte) element));
        return buffer.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var output = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(output)) {
            gzip.write(bytes);
        }
        return output.toByteArray();
    }

    private String refusal() {
        String message = assertThrows(DataException.class, () -> IdxFolder.open(folder)).getMessage();
        assertFalse(message.contains("\n"));
        return message;
    }

    @Test
    void readsPlainAndGzippedFiles() throws IOException {
        assertTrue(IdxFolder.recognises(folder));
        Dataset dataset = IdxFolder.open(folder);

        assertEquals(List.of("0", "1", "2"), dataset.classes());
        assertEquals(1, dataset.channels());
        assertEquals(3, dataset.training().size());
        assertEquals(2, dataset.training().label(1));
        assertEquals("train-images-idx3-ubyte[1]", dataset.training().name(1));
        byte[] pixels = new byte[4];
        dataset.training().read(2, Preprocessing.covering(new StoredSize(2, 2)), MemorySegment.ofArray(pixels));
        assertArrayEquals(new byte[] {9, 10, 11, (byte) 255}, pixels);
        dataset.validation().read(0, Preprocessing.covering(new StoredSize(2, 2)), MemorySegment.ofArray(pixels));
        assertArrayEquals(new byte[] {21, 22, 23, 24}, pixels);
    }

    @Test
    void scalesToAnotherStoredSize() throws IOException {
        byte[] pixels = new byte[1];
        IdxFolder.open(folder).training().read(0, Preprocessing.covering(new StoredSize(1, 1)), MemorySegment.ofArray(pixels));

        assertEquals(3, pixels[0], 1);
    }

    @Test
    void classesAreNamedByTheirFile() throws IOException {
        Files.writeString(folder.resolve("classes.txt"), "shirt\nAnkle boot\nbag\n\n");
        assertEquals(List.of("shirt", "Ankle boot", "bag"), IdxFolder.open(folder).classes());

        Files.writeString(folder.resolve("classes.txt"), "shirt\nbag\n");
        assertTrue(refusal().contains("names 2 classes, the labels count 3"));
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        for (String name : List.of("train-images-idx3-ubyte", "t10k-images-idx3-ubyte.gz", "train-labels-idx1-ubyte")) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            for (int length = 0; length < whole.length; length++) {
                Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
                assertTrue(refusal().contains(name), "cut to " + length);
            }
            Files.write(folder.resolve(name), whole);
        }
    }

    @Test
    void surplusBytesAreNoticed() throws IOException {
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idx(new int[] {3}, 0, 2, 1, 1));

        assertTrue(refusal().contains("longer than the 3 bytes"));
    }

    @Test
    void sizesThatLieAreRefusedBeforeMemoryIsTaken() throws IOException {
        for (int[] dimensions : new int[][] {{0, 2, 2}, {-1, 2, 2}, {3, 0, 2}, {1 << 30, 1 << 30, 1 << 30}, {1 << 16, 1 << 15, 1},
                {Integer.MIN_VALUE, Integer.MIN_VALUE, 2}}) {
            Files.write(folder.resolve("train-images-idx3-ubyte"), idx(dimensions));
            assertTrue(refusal().contains("cannot hold"), Arrays.toString(dimensions));
        }
        Files.write(folder.resolve("train-images-idx3-ubyte"), idx(new int[] {2_000_000_000, 1, 1}, 1, 2));
        assertTrue(refusal().contains("is truncated: its header says 2000000000 x 1 x 1 bytes, 2 are there"));
    }

    @Test
    void filesOfAnotherKindAreRefused() throws IOException {
        Files.writeString(folder.resolve("train-images-idx3-ubyte"), "GIF89a, not an IDX file");
        assertTrue(refusal().contains("is not an IDX file of unsigned bytes with 3 dimensions: it starts with 0x47494638"));

        byte[] damaged = Files.readAllBytes(folder.resolve("t10k-images-idx3-ubyte.gz"));
        damaged[damaged.length - 6] ^= 1;
        fourFiles();
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), damaged);
        assertTrue(refusal().contains("t10k-images-idx3-ubyte.gz is damaged"));
    }

    @Test
    void filesThatContradictEachOtherAreRefused() throws IOException {
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idx(new int[] {2}, 0, 2));
        assertTrue(refusal().contains("holds 3 images"));

        fourFiles();
        Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), idx(new int[] {1}, 3));
        assertTrue(refusal().contains("have a label 3, but there are only 3 classes"));

        Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
        assertTrue(refusal().contains("neither t10k-labels-idx1-ubyte nor t10k-labels-idx1-ubyte.gz"));
    }

    @Test
    void namesWithDotsInCapitalsAndWithTheSetInFrontAreKnown() throws IOException {
        for (String[] change : new String[][] {{"-idx", ".idx"}, {"train-", "emnist-letters-train-"}, {"t10k-", "emnist-letters-test-"}, {"images", "IMAGES"}}) {
            for (Path file : IdxNames.of(folder).files()) {
                Files.move(file, folder.resolve(file.getFileName().toString().replace(change[0], change[1])));
            }
            assertTrue(IdxFolder.recognises(folder));
            assertEquals(3, IdxFolder.open(folder).training().size(), change[1]);
        }
        Files.write(folder.resolve("emnist-digits-train-images-idx3-ubyte.gz"), new byte[0]);
        assertTrue(refusal().contains("has the files of several sets: emnist-digits-train-images-idx3-ubyte.gz, emnist-letters-train-IMAGES.idx3-ubyte"),
                refusal());
    }

    @Test
    void theOnlyFolderInAFolderMayHoldTheFiles() throws IOException {
        Path raw = Files.createDirectories(folder.resolve("MNIST/raw"));
        for (Path file : IdxNames.of(folder).files()) {
            Files.move(file, raw.resolve(file.getFileName()));
        }
        assertEquals(3, Datasets.open(folder.resolve("MNIST").toString(), _ -> { }).classes().size());
    }

    @Test
    void labelsMayCountFromOneAndLeaveNumbersOut() throws IOException {
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idx(new int[] {3}, 4, 1, 2));
        Dataset dataset = IdxFolder.open(folder);
        assertEquals(List.of("1", "2", "4"), dataset.classes());
        assertEquals(2, dataset.training().label(0));
        assertEquals(0, dataset.training().label(1));
        assertEquals(1, dataset.validation().label(0));
        assertEquals("no image has the label 0, 3: it is no class", dataset.notes().getFirst());

        Files.writeString(folder.resolve("classes.txt"), "a\nb\nd\n");
        assertEquals(List.of("a", "b", "d"), IdxFolder.open(folder).classes());
        Files.writeString(folder.resolve("classes.txt"), "none\na\nb\nc\nd\n");
        assertEquals(List.of("a", "b", "d"), IdxFolder.open(folder).classes());
    }

    @Test
    void namesOfClassesMayComeFromWindows() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Files.write(folder.resolve("classes.txt"), "\uFEFFshirt\r\nbag\r\ncafé\r\n".getBytes(charset));
            assertEquals(List.of("shirt", "bag", "café"), IdxFolder.open(folder).classes(), charset.toString());
        }
        Files.write(folder.resolve("classes.txt"), "shirt\nbag\ncafé\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(refusal().contains("classes.txt is not written in UTF-8"));
        Files.writeString(folder.resolve("classes.txt"), "shirt\nbag\nshirt\n");
        assertTrue(refusal().contains("classes.txt names two classes shirt"));
    }

    @Test
    void theTestImagesAloneCanBeTested() throws IOException {
        TestSet whole = IdxFolder.openTest(folder);
        assertEquals(List.of("0", "1", "2"), whole.classes());
        assertEquals(2, whole.images().label(0));
        Files.delete(folder.resolve("train-images-idx3-ubyte"));
        Files.delete(folder.resolve("train-labels-idx1-ubyte"));
        TestSet alone = IdxFolder.openTest(folder);
        assertEquals(List.of("2"), alone.classes());
        assertEquals(5, alone.labelled(new int[] {5}).label(0));
    }

    @Test
    void imagesThatOccurTwiceAreNamed() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), idx(new int[] {3, 2, 2}, 1, 2, 3, 4, 1, 2, 3, 4, 21, 22, 23, 24));
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idx(new int[] {3}, 0, 1, 2));
        assertEquals(List.of("1 images have another label where they occur a second time: train-images-idx3-ubyte[1] is train-images-idx3-ubyte[0]",
                "1 validation images are among the training images too: t10k-images-idx3-ubyte[0] is train-images-idx3-ubyte[2]"),
                IdxFolder.open(folder).notes());
    }

    @Test
    void unzippingAFileMakesNoOtherImagesOfItsOwn() throws IOException {
        ImageSource zipped = IdxFolder.open(folder).validation();
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), idx(new int[] {1, 2, 2}, 21, 22, 23, 24));
        Files.delete(folder.resolve("t10k-images-idx3-ubyte.gz"));
        ImageSource plain = IdxFolder.open(folder).validation();
        assertEquals(zipped.name(0), plain.name(0));
        assertEquals(zipped.key(0), plain.key(0));
        assertEquals(zipped.content(0), plain.content(0));
    }
}
