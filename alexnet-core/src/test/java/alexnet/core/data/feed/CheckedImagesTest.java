package alexnet.core.data.feed;

import alexnet.core.data.DataException;
import alexnet.core.data.Order;
import alexnet.core.data.Progress;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredImages;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestImages;
import alexnet.core.data.folder.ClassFolders;
import alexnet.core.data.folder.FolderTree;
import alexnet.core.data.folder.ImageFiles;
import alexnet.core.data.folder.LabelledFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CheckedImagesTest {

    private static final StoredSize SIZE = new StoredSize(4, 5);
    private static final long PLENTY = 1 << 20;

    private static byte[] read(StoredImages images, int index) {
        byte[] pixels = new byte[images.imageLength()];
        images.read(index, MemorySegment.ofArray(pixels));
        return pixels;
    }

    @Test
    void whatCannotBeDecodedIsLeftOutAndListed() {
        var source = new TestImages.InMemory(10, 3, 4, Set.of(0, 5));

        StoredImages images = CheckedImages.load(source, Preprocessing.covering(SIZE), new Decoding(2, PLENTY, Progress.NONE));

        assertEquals(8, images.size());
        assertEquals(List.of(new Skipped("image 0", "broken", true), new Skipped("image 5", "broken", true)), images.skipped());
        assertEquals("image 1", images.name(0));
        assertEquals(2, images.label(4));
        assertEquals("image 6", images.name(4));
        assertArrayEquals(new int[] {2, 2, 2, 2}, images.classCounts(4));
    }

    @Test
    void keptOrDecodedAnewImagesAreTheSame() {
        var source = new TestImages.InMemory(10, 1, 2, Set.of(3));
        CheckedImages kept = CheckedImages.load(source, Preprocessing.covering(SIZE), new Decoding(3, 10 * 20, Progress.NONE));
        CheckedImages anew = CheckedImages.load(source, Preprocessing.covering(SIZE), new Decoding(1, 10 * 20 - 1, Progress.NONE));

        assertTrue(kept.cached());
        assertFalse(anew.cached());
        for (int i = 0; i < 9; i++) {
            assertArrayEquals(read(kept, i), read(anew, i));
        }
    }

    @Test
    void progressIsReportedOneByOne() {
        List<Integer> reports = Collections.synchronizedList(new ArrayList<>());
        CheckedImages.load(new TestImages.InMemory(20, 1, 2, Set.of(1)), Preprocessing.covering(SIZE), new Decoding(4, 0, (done, total) -> {
            assertEquals(20, total);
            reports.add(done);
        }));

        for (int i = 0; i < 20; i++) {
            assertEquals(i + 1, reports.get(i));
        }
    }

    @Test
    void aProgrammingErrorIsNotTakenForABadFile() {
        var source = new Failing(() -> {
            throw new UnsupportedOperationException("bug");
        });

        assertThrows(UnsupportedOperationException.class, () -> CheckedImages.load(source, Preprocessing.covering(SIZE), new Decoding(2, 0, Progress.NONE)));
    }

    @Test
    void aFileThatChangesDuringTheRunIsNamed(@TempDir Path folder) throws IOException {
        TestImages.writeClass(folder.resolve("a"), 2, 1);
        var files = List.of(LabelledFile.of(folder.resolve("a/0.png"), 0), LabelledFile.of(folder.resolve("a/1.png"), 0));
        StoredImages images = CheckedImages.load(new ImageFiles(folder, folder, files), Preprocessing.covering(SIZE), new Decoding(1, 0, Progress.NONE));
        Files.delete(folder.resolve("a/1.png"));

        assertEquals("a/1.png can no longer be read (no such file): the data set was changed during the run",
                assertThrows(DataException.class, () -> read(images, 1)).getMessage());
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheSystem")
    void aFailureOfTheSystemStopsAndNamesTheFile(IOException failure, String said) {
        var checked = new Failing(() -> {
            throw failure;
        });
        String message = assertThrows(DataException.class, () -> CheckedImages.load(checked, Preprocessing.covering(SIZE), new Decoding(2, 0, Progress.NONE))).getMessage();
        assertTrue(message.startsWith("cannot read cats/3.png: " + said), message);

        var broken = new AtomicBoolean();
        StoredImages images = CheckedImages.load(new Failing(() -> {
            if (broken.get()) {
                throw new UncheckedIOException(failure);
            }
        }), Preprocessing.covering(SIZE), new Decoding(2, 0, Progress.NONE));
        broken.set(true);
        assertEquals(message, assertThrows(DataException.class, () -> read(images, 3)).getMessage());
    }

    static Stream<Arguments> failuresOfTheSystem() {
        return Stream.of(
                Arguments.of(new FileSystemException("cats/3.png", null, "Too many open files"), "Too many open files; allow more by 'ulimit -n'"),
                Arguments.of(new IOException("Input/output error"), "Input/output error; this is not the image's fault"),
                Arguments.of(new FileSystemException("cats/3.png", null, "Stale file handle"), "Stale file handle; this is not the image's fault"));
    }

    @Test
    void theDrawsOfAnImageDependOnNoOther(@TempDir Path folder) throws IOException {
        TestImages.writeClass(folder.resolve("a"), 30, 1);
        TestImages.writeClass(folder.resolve("b"), 30, 2);
        Map<String, Integer> keys = keys(folder);
        List<String> order = order(folder, keys.size());

        TestImages.write(folder.resolve("a/1.png"), TestImages.truncated(7));
        TestImages.write(folder.resolve("b/00-first.png"), TestImages.truncated(8));
        Files.delete(folder.resolve("b/20.png"));

        keys.keySet().removeAll(Set.of("a/1.png", "b/20.png"));
        assertEquals(keys, keys(folder));
        order.removeAll(Set.of("a/1.png", "b/20.png"));
        assertEquals(order, order(folder, keys.size()));
    }

    private static StoredImages all(Path folder) {
        ClassFolders classes = ClassFolders.of(FolderTree.of(folder));
        List<LabelledFile> files = classes.images(classes.names(), folder, new ArrayList<>());
        return CheckedImages.load(new ImageFiles(folder, folder, files), Preprocessing.covering(SIZE), new Decoding(1, 0, Progress.NONE));
    }

    private static Map<String, Integer> keys(Path folder) {
        StoredImages images = all(folder);
        Map<String, Integer> keys = new TreeMap<>();
        for (int i = 0; i < images.size(); i++) {
            keys.put(images.name(i), images.key(i));
        }
        assertEquals(keys.size(), Set.copyOf(keys.values()).size());
        return keys;
    }

    private static List<String> order(Path folder, int count) {
        StoredImages images = all(folder);
        return new ArrayList<>(Arrays.stream(Order.shuffled(images, 5, 2, count)).mapToObj(images::name).toList());
    }

    /** What reading an image does besides. */
    private interface Trouble {
        void beforeReading() throws IOException;
    }

    /** Five grey images, of which the fourth is in trouble. */
    private static final class Failing extends TestImages.Changed {

        private final Trouble trouble;

        Failing(Trouble trouble) {
            super(new TestImages.InMemory(5, 1, 1, Set.of()));
            this.trouble = trouble;
        }

        @Override
        public String name(int index) {
            return "cats/" + index + ".png";
        }

        @Override
        public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
            if (index == 3) {
                trouble.beforeReading();
            }
            super.read(index, preprocessing, pixels);
        }
    }
}
