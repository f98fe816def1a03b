package alexnet.core.data.archive.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Opening;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestSet;
import alexnet.core.data.archive.SameImages;
import alexnet.core.data.decode.ImageException;
import alexnet.core.data.folder.ImageFolder;
import alexnet.core.data.shard.PreparationException;

class ParquetFormTest {

    private static final Preprocessing SIZE = Preprocessing.covering(new StoredSize(4, 4));

    @TempDir
    private Path temporary;

    private final List<String> said = new ArrayList<>();

    private Dataset open(Path folder) {
        return new ParquetForm().open(folder, new Opening(said::add, temporary.resolve("cache")));
    }

    /** Two classes by ILSVRC's names, whose numbers in the file are not those of the sorted names. */
    private static void writeSet(Path data, int codec) throws IOException {
        TestParquet training = new TestParquet().codec(codec).classes("words of 9", "words of 1");
        TestParquet validation = new TestParquet().codec(codec).classes("words of 9", "words of 1");
        for (int i = 0; i < 5; i++) {
            training.row(SameImages.picture(i), "n0000000%d_%d_n0000000%d.JPEG".formatted(i % 2 == 0 ? 9 : 1, i, i % 2 == 0 ? 9 : 1), i % 2);
        }
        validation.row(SameImages.picture(10), "ILSVRC2012_val_00000001_n00000009.JPEG", 0).row(SameImages.picture(11), "ILSVRC2012_val_00000002_n00000001.JPEG", 1);
        training.write(data.resolve("train-00000-of-00001.parquet"));
        validation.write(data.resolve("validation-00000-of-00001.parquet"));
        new TestParquet().row(SameImages.picture(20), "ILSVRC2012_test_00000001.JPEG", -1).write(data.resolve("test-00000-of-00001.parquet"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aSetIsTheSameAsItsPhotographsInFolders(int codec) throws IOException {
        writeSet(temporary.resolve("set/data"), codec);
        SameImages.writeFolders(temporary.resolve("folders"));
        try (Dataset parquet = open(temporary.resolve("set/data")); Dataset folders = ImageFolder.open(temporary.resolve("folders"), 0.2)) {
            assertEquals(List.of(Optional.of("words of 1"), Optional.of("words of 9")), parquet.classNames().stream().map(ClassName::words).toList());
            SameImages.assertSame(folders, parquet);
            assertTrue(parquet.notes().stream().anyMatch(note -> note.contains("numbered")), parquet.notes().toString());
        }
        try (Stream<Path> left = Files.walk(temporary.resolve("cache"))) {
            assertTrue(left.noneMatch(file -> file.toString().endsWith(".images")), "a copy is left");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub", "hub/datasets--X--Y", "hub/datasets--X--Y/snapshots", "hub/datasets--X--Y/snapshots/0a1b"})
    void theCacheFolderOfHuggingFaceIsFoundFromAnyOfItsFolders(String given) throws IOException {
        writeSet(temporary.resolve("hub/datasets--X--Y/snapshots/0a1b/data"), 1);
        assertTrue(new ParquetForm().recognises(temporary.resolve(given)));
        try (Dataset set = open(temporary.resolve(given))) {
            assertEquals(5, set.training().size());
        }
    }

    @Test
    void foldersNamedByTheirHalfAreFound() throws IOException {
        new TestParquet().row(SameImages.picture(1), null, 0).row(SameImages.picture(2), null, 1).write(temporary.resolve("set/default/train/0000.parquet"));
        new TestParquet().row(SameImages.picture(3), null, 1).write(temporary.resolve("set/default/test/0000.parquet"));
        try (Dataset set = open(temporary.resolve("set"))) {
            assertEquals(List.of("0", "1"), set.classes());
            assertEquals(1, set.validation().size());
            assertEquals("00000001", set.training().sampleName(1));
        }
    }

    @Test
    void ofTrainingFilesAloneAShareIsHeldOut() throws IOException {
        TestParquet file = new TestParquet().classes("a", "b");
        for (int i = 0; i < 20; i++) {
            file.row(SameImages.picture(i), "x" + i + ".png", i % 2);
        }
        file.write(temporary.resolve("data/train-00000-of-00001.parquet"));
        try (Dataset set = open(temporary.resolve("data"))) {
            assertEquals(16, set.training().size());
            assertEquals(2, IntStream.range(0, 4).map(set.validation()::label).sum());
            FileStore disk = Files.getFileStore(temporary);
            assertTrue(set.training().copies(disk) > 20 * 100, () -> "the copies are a part of what preparing takes");
            assertEquals(0, set.validation().copies(disk));
            Map<String, String> all = SameImages.contents(set.training());
            all.putAll(SameImages.contents(set.validation()));
            assertEquals(20, all.size());
            assertEquals(0, set.training().copies(disk));
            set.close();
        }
    }

    @Test
    void copiesThatCannotBeWrittenAreNotTheImagesFault() throws IOException {
        writeSet(temporary.resolve("data"), 1);
        Path inTheWay = Files.createFile(temporary.resolve("staging"));
        try (Dataset set = new ParquetForm().open(temporary.resolve("data"), new Opening(said::add, temporary.resolve("cache")).withStaging(inTheWay))) {
            byte[] pixels = new byte[3 * SIZE.size().area()];
            for (int i = 0; i < 2; i++) {
                String message = assertThrows(PreparationException.class, () -> set.training().read(0, SIZE, MemorySegment.ofArray(pixels))).getMessage();
                assertTrue(message.startsWith("cannot write to " + inTheWay), message);
            }
        }
    }

    @Test
    void aTestIsOfTheValidationHalf() throws IOException {
        writeSet(temporary.resolve("data"), 1);
        try (TestSet set = new ParquetForm().openTest(temporary.resolve("data"), Optional.empty(), new Opening(said::add, temporary.resolve("cache")))) {
            assertEquals(List.of("n00000001", "n00000009"), set.classes());
            assertEquals(2, set.images().size());
        }
    }

    @Test
    void rowsWithoutImageOrLabelAreNamed() throws IOException {
        new TestParquet().classes("a", "b").row(SameImages.picture(1), "a/1.png", 0).row(new TestParquet.Row(null, "a/2.png", 0L)).row(new TestParquet.Row(SameImages.picture(3), "a/3.png", null))
                .row(SameImages.picture(4), "a/4.png", 7).row(SameImages.picture(5), "b/5.png", 1).write(temporary.resolve("data/train-00000-of-00001.parquet"));
        new TestParquet().classes("a", "b").row(SameImages.picture(6), "b/6.png", 1).write(temporary.resolve("data/validation-00000-of-00001.parquet"));
        try (Dataset set = open(temporary.resolve("data"))) {
            assertEquals(List.of("a/3: has no label", "a/4: its label 7 is of no class"), set.skipped().stream().map(Skipped::toString).toList());
            assertEquals(List.of("a/1", "a/2", "b/5"), Stream.of(0, 1, 2).map(set.training()::name).toList());
            byte[] pixels = new byte[3 * SIZE.size().area()];
            assertThrows(ImageException.class, () -> set.training().read(1, SIZE, MemorySegment.ofArray(pixels)));
            set.training().read(2, SIZE, MemorySegment.ofArray(pixels));
        }
    }

    @Test
    void whatWasCopiedIsNotCopiedAgain() throws IOException {
        writeSet(temporary.resolve("data"), 1);
        Path cache = temporary.resolve("cache");
        List<Path> files = List.of(temporary.resolve("data/train-00000-of-00001.parquet"));
        Opening opening = new Opening(said::add, cache).withStaging(temporary.resolve("staging"));
        try (Staging first = new Staging(files, cache, opening)) {
            assertArrayEquals(SameImages.picture(3), first.read(0, 3));
        }
        Files.delete(files.getFirst());
        try (Staging second = new Staging(files, cache, opening)) {
            assertArrayEquals(SameImages.picture(3), second.read(0, 3));
        }
        assertFalse(Files.exists(cache), "copied elsewhere");
    }

    @Test
    void aSetThatLacksAFileIsRefused() throws IOException {
        writeSet(temporary.resolve("data"), 1);
        Files.move(temporary.resolve("data/train-00000-of-00001.parquet"), temporary.resolve("data/train-00000-of-00002.parquet"));
        refused("1 of the files train-*-of-00002.parquet");
    }

    @Test
    void filesThatLieAboutSizesAreRefused() throws IOException {
        byte[] zeros = new byte[1 << 20];
        damagedBy(new TestParquet().codec(2).row(zeros, "a", 0).row(SameImages.picture(2), "b", 1).claimedPageSize(Integer.MAX_VALUE), "too little memory");
        damagedBy(new TestParquet().codec(1).row(SameImages.picture(1), "a", 0).row(SameImages.picture(2), "b", 1).claimedPageSize(1 << 22), "cannot be read");
        damagedBy(new TestParquet().row(SameImages.picture(1), "a", 0).row(SameImages.picture(2), "b", 1).claimedRows(3), "cannot be read");
        damagedBy(new TestParquet().row(SameImages.picture(1), "a", 0).row(SameImages.picture(2), "b", 1).claimedRows(1L << 40), "rows");
        damagedBy(new TestParquet().row(SameImages.picture(1), "a", 0).row(SameImages.picture(2), "b", 1).imageColumn("sound"), "no column of image files");
    }

    private void damagedBy(TestParquet file, String message) throws IOException {
        writeSet(temporary.resolve("data"), 1);
        file.write(temporary.resolve("data/train-00000-of-00001.parquet"));
        refused(message);
    }

    @Test
    void truncatedFilesAndOthersAreRefused() throws IOException {
        writeSet(temporary.resolve("data"), 1);
        Path training = temporary.resolve("data/train-00000-of-00001.parquet");
        byte[] whole = Files.readAllBytes(training);
        for (int length : new int[] {0, 5, 11, whole.length / 2, whole.length - 1}) {
            Files.write(training, Arrays.copyOf(whole, length));
            refused("train-00000-of-00001.parquet");
        }
    }

    @Test
    void filesOfAnotherOrderOfLabelsAreRefused() throws IOException {
        writeSet(temporary.resolve("data"), 1);
        new TestParquet().row(SameImages.picture(1), "n00000001_1.JPEG", 0).row(SameImages.picture(2), "n00000009_2.JPEG", 0).write(temporary.resolve("data/train-00000-of-00001.parquet"));
        refused("do not belong together");
    }

    private void refused(String message) {
        DataException refused = assertThrows(DataException.class, () -> {
            try (Dataset set = open(temporary.resolve("data"))) {
                SameImages.contents(set.training());
            }
        });
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    }
}
