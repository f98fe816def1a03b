package alexnet.core.data.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.MaxBad;
import alexnet.core.data.Order;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Progress;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredImages;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestImages;
import alexnet.core.data.TestSet;
import alexnet.core.data.catalog.Datasets;
import alexnet.core.data.feed.BatchLoader;
import alexnet.core.data.feed.Decoding;
import alexnet.core.data.feed.TrainingData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreparedSetTest {

    private static final int SIZE = 16;
    private static final Preprocessing PREPROCESSING = Preprocessing.covering(new StoredSize(SIZE, SIZE));
    private static final Decoding ONE_BY_ONE = new Decoding(1, 0, Progress.NONE);
    private static final TestImages.InMemory TRAINING = new TestImages.InMemory(23, 3, 3, Set.of(4));

    @TempDir
    private Path folder;

    private Path prepare(Encoding encoding) throws IOException {
        Path output = folder.resolve(encoding.name());
        Dataset dataset = new Dataset(Path.of("photos"), List.of("ant", "bee", "cat"), TRAINING, new TestImages.InMemory(7, 3, 3, Set.of()), List.of(), List.of());
        Preparer.prepare(dataset, output, new PreparationOptions(encoding, SIZE, Resize.COVER, 92, 5, 1, MaxBad.STANDARD, false), new PreparationListener() { });
        return output;
    }

    private static Dataset open(Path set) {
        return Datasets.open(set.toString(), _ -> { });
    }

    private static TrainingData data(Dataset dataset) {
        return TrainingData.of(dataset, PREPROCESSING, ONE_BY_ONE, MaxBad.STANDARD);
    }

    private static byte[] pixels(StoredImages images, int index) {
        byte[] pixels = new byte[images.imageLength()];
        images.read(index, MemorySegment.ofArray(pixels));
        return pixels;
    }

    /** The image of the source by its name. */
    private static byte[] original(String name) throws IOException {
        byte[] pixels = new byte[3 * SIZE * SIZE];
        TRAINING.read(Integer.parseInt(name.replaceAll("\\D", "")), PREPROCESSING, MemorySegment.ofArray(pixels));
        return pixels;
    }

    @Test
    void rawImagesAreThoseThatWerePreparedAndSoIsWhatWasMeasured() throws IOException {
        try (Dataset dataset = open(prepare(Encoding.RAW))) {
            TrainingData data = data(dataset);
            assertEquals(22, data.training().size());
            DatasetStatistics.Collector collector = new DatasetStatistics.Collector(3, PREPROCESSING.size());
            for (int i = 0; i < data.training().size(); i++) {
                byte[] pixels = pixels(data.training(), i);
                assertArrayEquals(original(data.training().name(i)), pixels);
                collector.add(pixels);
            }
            assertArrayEquals(collector.statistics().mean(), data.statistics().mean());
            assertArrayEquals(collector.statistics().eigenvalues(), data.statistics().eigenvalues());
            assertEquals(List.of("ant", "bee", "cat"), dataset.classes());
        }
    }

    @Test
    void bothEncodingsHaveOneOrder() throws IOException {
        try (Dataset raw = open(prepare(Encoding.RAW)); Dataset jpeg = open(prepare(Encoding.JPEG))) {
            StoredImages a = data(raw).training();
            StoredImages b = data(jpeg).training();
            int[] order = Order.shuffled(a, 5, 2, a.size());
            assertArrayEquals(order, Order.shuffled(b, 5, 2, b.size()));
            for (int i = 0; i < a.size(); i++) {
                assertEquals(a.name(i), b.name(i));
                assertEquals(a.label(i), b.label(i));
                assertEquals(TRAINING.key(Integer.parseInt(a.name(i).replaceAll("\\D", ""))), a.key(i), "as in a folder");
            }
            assertNotEquals(raw.training().digest(), jpeg.training().digest());
        }
    }

    @ParameterizedTest
    @EnumSource
    void batchesComeFromShards(Encoding encoding) throws IOException {
        try (Dataset dataset = open(prepare(encoding))) {
            StoredImages images = data(dataset).training();
            try (BatchLoader loader = new BatchLoader(images, 4, 3)) {
                int[] order = Order.shuffled(images, 1, 1, images.size());
                loader.begin(order);
                byte[] first = Arrays.copyOf(loader.next().pixels().toHeapArray(), images.imageLength());
                assertArrayEquals(pixels(images, order[0]), first);
            }
        }
    }

    @Test
    void badImagesAreCountedAndNamedWithTheirFile() throws IOException {
        Path set = prepare(Encoding.RAW);
        try (Dataset dataset = open(set)) {
            assertEquals(List.of("image 4: broken"), dataset.skipped().stream().map(Object::toString).toList());
            assertTrue(dataset.notes().contains("1 image could not be read when it was prepared: " + set.resolve("bad-images.csv")), dataset.notes().toString());
            assertThrows(DataException.class, () -> TrainingData.of(dataset, PREPROCESSING, ONE_BY_ONE, new MaxBad(0)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherSizeIsScaledFromTheShards(Encoding encoding) throws IOException {
        try (Dataset dataset = open(prepare(encoding))) {
            Preprocessing half = Preprocessing.covering(new StoredSize(SIZE / 2, SIZE / 2));
            assertTrue(dataset.training().stored(half).isEmpty());
            TrainingData data = TrainingData.of(dataset, half, new Decoding(2, 1 << 20, Progress.NONE), MaxBad.STANDARD);
            assertEquals(3 * SIZE * SIZE / 4, data.training().imageLength());
            int sum = IntStream.range(0, data.training().imageLength()).map(i -> pixels(data.training(), 0)[i] & 0xFF).sum();
            // Noise around the middle of the range.
            assertEquals(127, sum / data.training().imageLength(), 20);
        }
    }

    @Test
    void aNetworkThatWantsAnotherResizeIsTold() throws IOException {
        try (Dataset dataset = open(prepare(Encoding.RAW))) {
            String refusal = assertThrows(DataException.class, () -> dataset.training().stored(new Preprocessing(PREPROCESSING.size(), Resize.SQUASH))).getMessage();
            assertTrue(refusal.contains("was prepared by --resize cover, but the network takes images by squash"), refusal);
        }
    }

    @Test
    void aTestOpensTheValidationHalfAlone() throws IOException {
        Path set = prepare(Encoding.RAW);
        try (TestSet test = Datasets.openTest(set.toString(), Optional.empty(), _ -> { })) {
            assertEquals(7, test.images().size());
            assertEquals(List.of(), test.skipped());
            StoredImages relabelled = test.labelled(new int[] {2, 0, 1}).stored(PREPROCESSING).orElseThrow();
            assertEquals(new int[] {2, 0, 1}[test.images().label(3)], relabelled.label(3));
        }
    }

    /** What is written into a byte of an image, and found by the checksum when that image is read, not before. */
    @ParameterizedTest
    @EnumSource
    void aDamagedImageIsNamedWithItsShard(Encoding encoding) throws IOException {
        Path set = prepare(encoding);
        Path shard = set.resolve("train/train-000001." + encoding.extension());
        try (RandomAccessFile file = new RandomAccessFile(shard.toFile(), "rw")) {
            file.seek(700);
            int before = file.read();
            file.seek(700);
            file.write(before ^ 1);
        }
        try (Dataset dataset = open(set)) {
            StoredImages images = data(dataset).training();
            List<String> refusals = IntStream.range(0, images.size()).mapToObj(i -> {
                try {
                    pixels(images, i);
                    return "";
                } catch (DataException damaged) {
                    return damaged.getMessage();
                }
            }).filter(message -> !message.isEmpty()).toList();
            assertEquals(1, refusals.size());
            assertTrue(refusals.getFirst().startsWith(shard + " is damaged (the checksum of image "), refusals.getFirst());
            assertTrue(refusals.getFirst().endsWith("is wrong): bring it back, or prepare the set anew"), refusals.getFirst());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aShardOfAnotherLengthIsRefusedAtOnce(Encoding encoding) throws IOException {
        Path set = prepare(encoding);
        Path shard = set.resolve("val/val-000000." + encoding.extension());
        Files.write(shard, new byte[1], StandardOpenOption.APPEND);
        String refusal = assertThrows(DataException.class, () -> open(set)).getMessage();
        assertTrue(refusal.startsWith(shard + " is damaged (it has " + Files.size(shard) + " bytes and not " + (Files.size(shard) - 1) + ")"), refusal);
        Files.delete(shard);
        assertEquals("cannot read " + shard + ": no such file; bring it back, or prepare the set anew",
                assertThrows(DataException.class, () -> open(set)).getMessage());
    }

    @Test
    void aShardThatShrinksOrGoesDuringARunIsNamed() throws IOException {
        Path set = prepare(Encoding.RAW);
        Path first = set.resolve("train/train-000000.npy");
        Path second = set.resolve("train/train-000001.npy");
        try (Dataset dataset = open(set)) {
            StoredImages images = data(dataset).training();
            pixels(images, 0);
            try (RandomAccessFile file = new RandomAccessFile(first.toFile(), "rw")) {
                file.setLength(1000);
            }
            Files.delete(second);
            int lastOfFirst = 3;
            assertTrue(assertThrows(DataException.class, () -> pixels(images, lastOfFirst)).getMessage().startsWith(first + " is damaged (it has 1000 bytes and not "));
            assertTrue(assertThrows(DataException.class, () -> pixels(images, 5)).getMessage().startsWith("cannot read " + second + ": no such file"));
        }
    }

    @Test
    void filesOfAnotherSetAreRefused() throws IOException {
        Path set = prepare(Encoding.RAW);
        Path other = prepare(Encoding.JPEG);
        for (String name : List.of("train.index", "mean.npy")) {
            Path file = set.resolve(name);
            Path kept = Files.move(file, folder.resolve("kept"), StandardCopyOption.REPLACE_EXISTING);
            if (name.equals("mean.npy")) {
                NpyFile.write(file, new float[3 * SIZE * SIZE], 3, SIZE, SIZE);
            } else {
                Files.copy(other.resolve(name), file);
            }
            String refusal = assertThrows(DataException.class, () -> open(set)).getMessage();
            assertEquals(file + " is damaged (it is not the one that set.json names): prepare the set anew", refusal);
            Files.delete(file);
            assertEquals("cannot read " + file + ": no such file; bring it back, or prepare the set anew",
                    assertThrows(DataException.class, () -> open(set)).getMessage());
            Files.move(kept, file);
        }
        open(set).close();
    }

    @Test
    void aManifestThatNamesFilesElsewhereOrIsDamagedIsRefused() throws IOException {
        Path set = prepare(Encoding.RAW);
        Path manifest = set.resolve("set.json");
        String whole = Files.readString(manifest);
        for (String elsewhere : List.of("../train-000000.npy", "/etc/passwd", "train/../../x.npy")) {
            Files.writeString(manifest, whole.replace("train/train-000000.npy", elsewhere));
            assertTrue(assertThrows(DataException.class, () -> open(set)).getMessage().startsWith(manifest + " is damaged ("));
        }
        Files.writeString(manifest, "");
        assertTrue(assertThrows(DataException.class, () -> open(set)).getMessage().startsWith(manifest + " is damaged ("));
        Files.delete(manifest);
        Files.createDirectory(set.resolve(".unfinished"));
        assertEquals(set + " is a prepared set that is not finished: go on by the command that it was begun with",
                assertThrows(DataException.class, () -> open(set)).getMessage());
    }

    @Test
    void aFolderOfImagesWithAFileOfThatNameIsNoPreparedSet() throws IOException {
        Files.writeString(folder.resolve("set.json"), "{\"name\": \"my photographs\"}");
        assertFalse(new PreparedSetForm().recognises(folder));
    }

    @Test
    void aSetIsKnownAgainAsAWhole() throws IOException {
        try (Dataset raw = open(prepare(Encoding.RAW)); Dataset jpeg = open(prepare(Encoding.JPEG))) {
            Fingerprint trained = Fingerprint.unpack(data(raw).fingerprint().pack());
            assertTrue(trained.pack().length < 300);
            assertEquals(Optional.empty(), trained.changes(data(raw).fingerprint()));
            assertEquals("as many training images, but others, or prepared in another way, as many validation images, but others, or prepared in another way",
                    trained.changes(data(jpeg).fingerprint()).orElseThrow());
            assertEquals(raw, trained.halves(raw));
            assertThrows(DataException.class, () -> trained.halves(jpeg));
            Dataset few = raw.atMost(5);
            assertEquals("known as a whole then, image by image now, so that nobody can tell whether they are the same",
                    trained.changes(data(few).fingerprint()).orElseThrow());
        }
    }

    @Test
    void whatIsClosedIsClosedOnce() throws IOException {
        Dataset dataset = open(prepare(Encoding.RAW));
        StoredImages images = data(dataset).training();
        pixels(images, 0);
        dataset.close();
        dataset.close();
        assertThrows(IllegalStateException.class, () -> pixels(images, 0));
    }

    /** What is opened and kept follows from shards and classes, not from images: the same number of files, no name in memory. */
    @Test
    void aSetOfManyImagesAndShardsIsReadFromAnyOfThem() throws IOException {
        SimulatedSet.write(folder, 20_000, 100, 4, 50);
        try (Dataset dataset = open(folder)) {
            TrainingData data = TrainingData.of(dataset, Preprocessing.covering(new StoredSize(4, 4)), ONE_BY_ONE, MaxBad.STANDARD);
            assertEquals(20_000, data.training().size());
            assertEquals("n00000049_19999", data.training().name(19_999));
            assertArrayEquals(new byte[48], pixels(data.training(), 19_999));
            assertTrue(data.fingerprint().pack().length < 300);
        }
    }
}
