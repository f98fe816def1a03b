package alexnet.core.data.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.ImageSource;
import alexnet.core.data.MaxBad;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Progress;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestImages;
import alexnet.core.data.decode.LittleMemoryException;
import alexnet.core.data.feed.Decoding;
import alexnet.core.data.feed.TrainingData;
import alexnet.core.data.index.IndexBuilder;
import alexnet.core.data.index.SampleIndex;

class PreparerTest {

    private static final int SIZE = 8;

    @TempDir
    private Path folder;

    private static Dataset dataset(Set<Integer> broken) {
        return new Dataset(Path.of("photos"), List.of("ant", "bee", "cat"), new TestImages.InMemory(23, 3, 3, broken), new TestImages.InMemory(7, 3, 3, Set.of(2)),
                List.of(), List.of());
    }

    private static PreparationOptions options(Encoding encoding, int workers, boolean overwrite) {
        return new PreparationOptions(encoding, SIZE, Resize.COVER, 92, 5, workers, MaxBad.STANDARD, overwrite);
    }

    private Manifest prepared(Path output, Encoding encoding, int workers) throws IOException {
        return Preparer.prepare(dataset(Set.of(4)), output, options(encoding, workers, false), new PreparationListener() { });
    }

    /** Every file by its path. */
    private static Map<String, String> files(Path output) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(output)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(output.relativize(path).toString(), new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    private static byte[] pixels(int image) {
        byte[] bytes = new byte[3 * SIZE * SIZE];
        new Random(image).nextBytes(bytes);
        return bytes;
    }

    @Test
    void rawShardsHoldThePixelsAsTheIndexSays() throws IOException {
        Manifest manifest = prepared(folder.resolve("set"), Encoding.RAW, 3);
        SetFolder set = new SetFolder(folder.resolve("set"));
        assertEquals(manifest, Manifest.read(set.path()));
        assertEquals(22, manifest.train().images());
        assertEquals(1, manifest.train().bad());
        assertEquals(List.of(8, 7, 7), Arrays.stream(manifest.train().classCounts()).boxed().toList());
        assertEquals(List.of(4, 2), manifest.val().shards().stream().map(Manifest.Shard::images).toList());
        for (Split split : Split.values()) {
            try (SampleIndex index = SampleIndex.open(set.index(split))) {
                assertEquals(manifest.half(split).images(), index.size());
                List<String> names = new ArrayList<>();
                for (int i = 0; i < index.size(); i++) {
                    int image = Integer.parseInt(index.name(i).replaceAll("\\D+", ""));
                    names.add(index.name(i));
                    assertEquals(image % 3, index.label(i));
                    assertEquals(3 * SIZE * SIZE, index.length(i));
                    byte[] shard = Files.readAllBytes(set.path().resolve(index.containers().get(index.container(i))));
                    byte[] stored = Arrays.copyOfRange(shard, (int) index.offset(i), (int) index.offset(i) + index.length(i));
                    assertArrayEquals(pixels(image), stored, index.name(i));
                    assertEquals(FileSums.of(ByteBuffer.wrap(stored)), index.checksum(i));
                }
                List<String> sorted = names.stream().sorted().toList();
                assertEquals(split == Split.VAL, sorted.equals(names), "validation by name, training mixed: " + names);
            }
        }
        Path first = set.shard(Split.TRAIN, 0, Encoding.RAW);
        ByteBuffer labels = ByteBuffer.wrap(Files.readAllBytes(set.labels(Split.TRAIN, 0))).order(ByteOrder.LITTLE_ENDIAN);
        try (SampleIndex index = SampleIndex.open(set.index(Split.TRAIN))) {
            for (int i = 0; i < manifest.train().shards().getFirst().images(); i++) {
                assertEquals(index.label(i), labels.getLong(NpyFile.HEADER + i * Long.BYTES));
            }
        }
        byte[] header = Arrays.copyOf(Files.readAllBytes(first), NpyFile.HEADER);
        assertArrayEquals(NpyFile.header(NpyFile.Type.UINT8, manifest.train().shards().getFirst().images(), 3, SIZE, SIZE).array(), header);
        assertFalse(Files.exists(set.unfinished()));
    }

    @Test
    void jpegShardsAreWebDatasetsThatSayNothingOfTimeAndPlace() throws IOException {
        Manifest manifest = prepared(folder.resolve("set"), Encoding.JPEG, 2);
        SetFolder set = new SetFolder(folder.resolve("set"));
        int number = 0;
        try (SampleIndex index = SampleIndex.open(set.index(Split.TRAIN))) {
            for (Manifest.Shard shard : manifest.train().shards()) {
                try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(set.path().resolve(shard.file())))) {
                    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                        assertEquals(index.name(number) + ".jpg", entry.getName());
                        assertEquals(0, entry.getLastModifiedTime().toMillis());
                        assertEquals("0 0  ", entry.getLongUserId() + " " + entry.getLongGroupId() + " " + entry.getUserName() + " " + entry.getGroupName());
                        byte[] jpeg = tar.readAllBytes();
                        byte[] whole = Files.readAllBytes(set.path().resolve(shard.file()));
                        assertArrayEquals(jpeg, Arrays.copyOfRange(whole, (int) index.offset(number), (int) index.offset(number) + index.length(number)));
                        assertEquals(FileSums.of(ByteBuffer.wrap(jpeg)), index.checksum(number));
                        entry = tar.getNextEntry();
                        assertEquals(index.name(number) + ".cls", entry.getName());
                        assertEquals(Integer.toString(index.label(number)), new String(tar.readAllBytes(), StandardCharsets.US_ASCII));
                        number++;
                    }
                }
            }
        }
        assertEquals(22, number);
        String info = Files.readString(set.info());
        assertTrue(info.contains("\"num_samples\" : 22") && info.contains("\"train/train-000004.tar\"") && info.contains("\"validation\""), info);
        assertEquals("ustar", files(set.path()).get("train/train-000000.tar").substring(257, 262));
    }

    @Test
    void statisticsAreThoseOfTrainingInMemoryInBothEncodings() throws IOException {
        DatasetStatistics expected = TrainingData.of(dataset(Set.of(4)), new Preprocessing(new StoredSize(SIZE, SIZE), Resize.COVER),
                new Decoding(1, 1 << 20, Progress.NONE), MaxBad.STANDARD).statistics();
        for (Encoding encoding : Encoding.values()) {
            SetFolder set = new SetFolder(folder.resolve(encoding.extension()));
            prepared(set.path(), encoding, 3);
            assertArrayEquals(expected.mean(), NpyFile.readFloats(set.mean(), 3, SIZE, SIZE));
            assertArrayEquals(expected.components(), NpyFile.readFloats(set.components(), 3, 3));
            assertArrayEquals(expected.eigenvalues(), NpyFile.readFloats(set.eigenvalues(), 3));
        }
    }

    @Test
    void badImagesAreListedAndNothingElse() throws IOException {
        prepared(folder.resolve("set"), Encoding.RAW, 2);
        assertEquals("split,name,reason\ntrain,image 4,broken\nval,image 2,broken\n", Files.readString(folder.resolve("set/bad-images.csv")));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void whateverStopsItTheSameBytesComeOfIt(Encoding encoding) throws IOException {
        prepared(folder.resolve("whole"), encoding, 1);
        Map<String, String> whole = files(folder.resolve("whole"));
        for (int stop : new int[] {6, 23, 24}) {
            Path output = folder.resolve("stopped " + stop);
            int last = stop;
            var stopping = new PreparationListener() {
                private int seen;

                @Override
                public void advanced(long done, long bytes) {
                    if (++seen == last) {
                        throw new IllegalStateException("stopped");
                    }
                }
            };
            assertThrows(IllegalStateException.class, () -> Preparer.prepare(dataset(Set.of(4)), output, options(encoding, 3, false), stopping));
            // As a process leaves it that is killed.
            Files.writeString(output.resolve("train/.train-000001." + encoding.extension() + ".1.tmp"), "half");
            List<Long> begun = new ArrayList<>();
            Preparer.prepare(dataset(Set.of(4)), output, options(encoding, 2, false), new PreparationListener() {
                @Override
                public void started(long done, long total, long bytes, boolean exact) {
                    begun.add(done);
                    assertEquals(30, total);
                }
            });
            assertEquals(List.of((stop - 1) < 20 ? (stop - 1) / 5 * 5L : stop - 1 < 23 ? 20 : stop - 1 < 28 ? 23L : 28L), begun);
            assertEquals(whole, files(output), "stopped at " + stop);
        }
    }

    @Test
    void whatWasDamagedMeanwhileIsNotGoneOnWith() throws IOException {
        Path output = folder.resolve("set");
        assertThrows(IllegalStateException.class, () -> Preparer.prepare(dataset(Set.of(4)), output, options(Encoding.RAW, 1, false), new PreparationListener() {
            @Override
            public void written(Split split, Manifest.Shard shard) {
                throw new IllegalStateException("stopped");
            }
        }));
        Path state = output.resolve(".unfinished/state");
        byte[] whole = Files.readAllBytes(state);
        for (int place : new int[] {0, 5, 100, whole.length - 1}) {
            byte[] damaged = whole.clone();
            damaged[place] ^= 8;
            Files.write(state, damaged);
            refused("state is damaged", dataset(Set.of(4)), output, options(Encoding.RAW, 1, false));
        }
        Files.write(state, whole);
        Files.delete(output.resolve("train/train-000000.npy"));
        refused("train-000000.npy is no longer as it was written", dataset(Set.of(4)), output, options(Encoding.RAW, 1, false));
        Preparer.prepare(dataset(Set.of(4)), output, options(Encoding.RAW, 1, true), new PreparationListener() { });
        assertEquals(List.of(), SetCheck.problems(output, 1, Progress.NONE));
    }

    @Test
    void aFinishedSetIsLeftAlone() throws IOException {
        Manifest manifest = prepared(folder.resolve("set"), Encoding.RAW, 1);
        Map<String, String> files = files(folder.resolve("set"));
        Files.createDirectories(folder.resolve("set/.unfinished"));
        assertEquals(manifest, prepared(folder.resolve("set"), Encoding.RAW, 2));
        assertEquals(files, files(folder.resolve("set")));
    }

    @Test
    void otherOptionsAreRefusedUnlessTheSetMayBeOverwritten() throws IOException {
        Path output = folder.resolve("set");
        prepared(output, Encoding.RAW, 1);
        refused("--encoding raw, not jpeg", dataset(Set.of(4)), output, options(Encoding.JPEG, 1, false));
        refused("--size 8, not 9", dataset(Set.of(4)), output, new PreparationOptions(Encoding.RAW, 9, Resize.COVER, 92, 5, 1, MaxBad.STANDARD, false));
        refused("--resize cover, not squash", dataset(Set.of(4)), output, new PreparationOptions(Encoding.RAW, SIZE, Resize.SQUASH, 92, 5, 1, MaxBad.STANDARD, false));
        refused("--shard-images 5, not 6", dataset(Set.of(4)), output, new PreparationOptions(Encoding.RAW, SIZE, Resize.COVER, 92, 6, 1, MaxBad.STANDARD, false));
        Dataset other = new Dataset(Path.of("photos"), List.of("ant", "bee", "cow"), dataset(Set.of()).training(), dataset(Set.of()).validation(), List.of(), List.of());
        refused("other images", other, output, options(Encoding.RAW, 1, false));
        Preparer.prepare(other, output, options(Encoding.JPEG, 1, true), new PreparationListener() { });
        assertEquals(List.of(), files(output).keySet().stream().filter(name -> name.endsWith("0.npy")).toList());
        assertEquals(List.of(), SetCheck.problems(output, 1, Progress.NONE));
    }

    private static void refused(String why, Dataset dataset, Path output, PreparationOptions options) {
        String message = assertThrows(PreparationException.class, () -> Preparer.prepare(dataset, output, options, new PreparationListener() { })).getMessage();
        assertTrue(message.contains(why) && message.contains(output.toString()) && message.contains("--overwrite") && message.lines().count() == 1, message);
    }

    @Test
    void foreignFilesAreNeverTouched() throws IOException {
        Path output = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(output.resolve("letter.txt"), "dear");
        for (boolean overwrite : new boolean[] {false, true}) {
            String message = assertThrows(PreparationException.class, () -> Preparer.prepare(dataset(Set.of()), output, options(Encoding.RAW, 1, overwrite),
                    new PreparationListener() { })).getMessage();
            assertTrue(message.contains("letter.txt"), message);
        }
        assertEquals("dear", Files.readString(output.resolve("letter.txt")));
    }

    @Test
    void onePreparationAFolder() throws IOException {
        Path output = folder.resolve("set");
        List<String> refusals = new ArrayList<>();
        Preparer.prepare(dataset(Set.of(4)), output, options(Encoding.RAW, 1, false), new PreparationListener() {
            @Override
            public void written(Split split, Manifest.Shard shard) {
                refusals.add(assertThrows(PreparationException.class, () -> prepared(output, Encoding.RAW, 1)).getMessage());
            }
        });
        assertEquals(7, refusals.size());
        assertTrue(refusals.getFirst().startsWith("another preparation is writing to " + output), refusals::getFirst);
    }

    @Test
    void tooManyBadImagesStopItAsSoonAsThatIsCertain() throws IOException {
        List<Long> read = new ArrayList<>();
        Dataset dataset = dataset(Set.copyOf(IntStream.range(0, 20).boxed().toList()));
        Path output = folder.resolve("set");
        String message = assertThrows(DataException.class, () -> Preparer.prepare(dataset, output, options(Encoding.RAW, 1, false), new PreparationListener() {
            @Override
            public void advanced(long done, long bytes) {
                read.add(done);
            }
        })).getMessage();
        assertTrue(message.contains("6 of 30 images cannot be read, more than --max-bad 1 % allows"), message);
        assertTrue(read.size() < 12, read::toString);
        assertEquals(7, Files.readString(output.resolve("bad-images.csv")).lines().count());
        // With more allowed it goes on, and still knows the bad ones of before.
        Manifest manifest = Preparer.prepare(dataset, output, new PreparationOptions(Encoding.RAW, SIZE, Resize.COVER, 92, 5, 1, new MaxBad(1), false),
                new PreparationListener() { });
        assertEquals(20, manifest.train().bad());
        assertEquals(22, Files.readString(output.resolve("bad-images.csv")).lines().count());
    }

    @Test
    void oneNameForTwoImagesIsToldWithBoth() {
        var images = new TestImages.InMemory(3, 3, 2, Set.of());
        var namesakes = new TestImages.Changed(images) {
            @Override
            public String sampleName(int index) {
                return "n01440764_1";
            }
        };
        Dataset dataset = new Dataset(Path.of("photos"), List.of("ant", "bee"), namesakes, images, List.of(), List.of());
        String message = assertThrows(DataException.class, () -> Preparer.prepare(dataset, folder.resolve("set"), options(Encoding.RAW, 1, false),
                new PreparationListener() { })).getMessage();
        assertTrue(message.contains("n01440764_1: ") && message.contains("image 0") && message.contains("image 1"), message);
    }

    /** Of these images one is too large for the heap, for now. */
    private static final class Large extends TestImages.Changed {

        private final AtomicBoolean large;
        private final long copied;

        Large(ImageSource source, AtomicBoolean large, long copied) {
            super(source);
            this.large = large;
            this.copied = copied;
        }

        @Override
        public long copies(FileStore disk) {
            return copied;
        }

        @Override
        public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
            if (index == 9 && large.get()) {
                throw new LittleMemoryException("too large: 1x1 pixels");
            }
            super.read(index, preprocessing, pixels);
        }
    }

    @Test
    void whatTheHeapIsTooSmallForIsNotLeftOut() throws IOException {
        var large = new AtomicBoolean(true);
        Dataset whole = dataset(Set.of(4));
        Dataset dataset = new Dataset(whole.folder(), whole.classes(), new Large(new TestImages.InMemory(23, 3, 3, Set.of(4)), large, 0), whole.validation(), List.of(), List.of());
        Path output = folder.resolve("set");

        String message = assertThrows(MemoryShortageException.class, () -> Preparer.prepare(dataset, output, options(Encoding.RAW, 2, false),
                new PreparationListener() { })).getMessage();
        assertTrue(message.startsWith("image 9 is too large: 1x1 pixels: give Java more by ALEXNET_JAVA_OPTS="), message);

        large.set(false);
        Preparer.prepare(dataset, output, options(Encoding.RAW, 2, false), new PreparationListener() { });
        prepared(folder.resolve("other"), Encoding.RAW, 1);
        assertEquals(files(folder.resolve("other")), files(output));
    }

    @Test
    void whatIsCopiedFirstHasToHaveRoomToo() {
        Dataset whole = dataset(Set.of());
        var copied = new Large(new TestImages.InMemory(23, 3, 3, Set.of()), new AtomicBoolean(), 1L << 60);
        Dataset dataset = new Dataset(whole.folder(), whole.classes(), copied, whole.validation(), List.of(), List.of());

        String message = assertThrows(PreparationException.class, () -> Preparer.prepare(dataset, folder.resolve("set"), options(Encoding.RAW, 1, false),
                new PreparationListener() { })).getMessage();
        assertTrue(message.contains("TB of it for copies while it is prepared"), message);
    }

    @Test
    void aCheckNamesWhatIsDamaged() throws IOException {
        for (Encoding encoding : Encoding.values()) {
            Path output = folder.resolve(encoding.extension());
            Manifest manifest = prepared(output, encoding, 1);
            assertEquals(List.of(), SetCheck.problems(output, 2, Progress.NONE));
            SetFolder set = new SetFolder(output);
            int offset;
            String name;
            try (SampleIndex index = SampleIndex.open(set.index(Split.TRAIN))) {
                offset = (int) index.offset(1);
                name = index.name(1);
            }
            Path shard = set.shard(Split.TRAIN, 0, encoding);
            damaged(output, shard, offset + 20, shard + ": its image " + name + " has CRC-32C ");
            damaged(output, shard, 120, shard + ": it has CRC-32C ");
            damaged(output, set.mean(), 300, set.mean() + ": it has CRC-32C ");
            damaged(output, set.index(Split.VAL), 100, set.index(Split.VAL).toString());
            byte[] bytes = Files.readAllBytes(shard);
            Files.write(shard, Arrays.copyOf(bytes, bytes.length - 1));
            assertEquals(List.of(shard + ": it has " + (bytes.length - 1) + " bytes, not " + bytes.length), SetCheck.problems(output, 2, Progress.NONE));
            Files.delete(shard);
            assertEquals(List.of(shard + ": no such file"), SetCheck.problems(output, 2, Progress.NONE));
            assertEquals(manifest, Manifest.read(output));
        }
    }

    @Test
    void aCheckSurvivesAnIndexThatLies() throws IOException {
        Path output = folder.resolve("set");
        Manifest manifest = prepared(output, Encoding.RAW, 1);
        SetFolder set = new SetFolder(output);
        List<String> shards = manifest.val().shards().stream().map(Manifest.Shard::file).toList();
        for (List<String> containers : List.of(List.<String>of(), shards)) {
            IndexBuilder lies = new IndexBuilder();
            for (int label = 0; label < manifest.classes().size(); label++) {
                for (int i = 0; i < manifest.val().classCounts()[label]; i++) {
                    lies.add("liar " + label + i, label, 0, Long.MAX_VALUE - 1, 100, 0);
                }
            }
            lies.write(set.index(Split.VAL), containers);
            List<String> problems = SetCheck.problems(output, 1, Progress.NONE);
            assertTrue(problems.stream().anyMatch(line -> line.startsWith(set.index(Split.VAL) + ": it lists other images")
                    || line.contains("does not lie in it as " + set.index(Split.VAL) + " says")), problems::toString);
        }
    }

    private static void damaged(Path output, Path file, int place, String problem) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[place] ^= 1;
        Files.write(file, damaged);
        List<String> problems = SetCheck.problems(output, 2, Progress.NONE);
        Files.write(file, whole);
        assertTrue(!problems.isEmpty() && problems.stream().allMatch(line -> line.startsWith(problem.substring(0, problem.indexOf(':') < 0 ? problem.length() : problem.indexOf(':')))), problems::toString);
        assertTrue(problems.stream().anyMatch(line -> line.startsWith(problem)), problems::toString);
    }
}
