package alexnet.core.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StoredImagesTest {

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

        StoredImages images = StoredImages.load(source, SIZE, new Decoding(2, PLENTY, Progress.NONE));

        assertEquals(8, images.size());
        assertEquals(List.of(new Skipped("image 0", "broken"), new Skipped("image 5", "broken")), images.skipped());
        assertEquals("image 1", images.name(0));
        assertEquals(2, images.label(4));
        assertEquals("image 6", images.name(4));
        assertArrayEquals(new int[] {2, 2, 2, 2}, images.classCounts(4));
    }

    @Test
    void keptOrDecodedAnewImagesAreTheSame() {
        var source = new TestImages.InMemory(10, 1, 2, Set.of(3));
        StoredImages kept = StoredImages.load(source, SIZE, new Decoding(3, 10 * 20, Progress.NONE));
        StoredImages anew = StoredImages.load(source, SIZE, new Decoding(1, 10 * 20 - 1, Progress.NONE));

        assertTrue(kept.cached());
        assertFalse(anew.cached());
        for (int i = 0; i < 9; i++) {
            assertArrayEquals(read(kept, i), read(anew, i));
        }
    }

    @Test
    void progressIsReportedOneByOne() {
        List<Integer> reports = Collections.synchronizedList(new ArrayList<>());
        StoredImages.load(new TestImages.InMemory(20, 1, 2, Set.of(1)), SIZE, new Decoding(4, 0, (done, total) -> {
            assertEquals(20, total);
            reports.add(done);
        }));

        for (int i = 0; i < 20; i++) {
            assertEquals(i + 1, reports.get(i));
        }
    }

    @Test
    void aProgrammingErrorIsNotTakenForABadFile() {
        ImageSource source = new ImageSource() {
            @Override
            public int size() {
                return 5;
            }

            @Override
            public int channels() {
                return 1;
            }

            @Override
            public int label(int index) {
                return 0;
            }

            @Override
            public String name(int index) {
                return "";
            }

            @Override
            public void read(int index, StoredSize size, MemorySegment pixels) {
                throw new UnsupportedOperationException("bug");
            }
        };

        assertThrows(UnsupportedOperationException.class, () -> StoredImages.load(source, SIZE, new Decoding(2, 0, Progress.NONE)));
    }

    @Test
    void aFileThatChangesDuringTheRunIsNamed(@TempDir Path folder) throws IOException {
        TestImages.writeClass(folder.resolve("a"), 2, 1);
        var files = List.of(new LabelledFile(folder.resolve("a/0.png"), 0), new LabelledFile(folder.resolve("a/1.png"), 0));
        StoredImages images = StoredImages.load(new ImageFiles(folder, files), SIZE, new Decoding(1, 0, Progress.NONE));
        Files.delete(folder.resolve("a/1.png"));

        assertEquals("a/1.png can no longer be read (no such file): the data set was changed during the run",
                assertThrows(DataException.class, () -> read(images, 1)).getMessage());
    }
}
