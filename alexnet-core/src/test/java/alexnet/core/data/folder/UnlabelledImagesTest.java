package alexnet.core.data.folder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

import alexnet.core.data.DataException;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlabelledImagesTest {

    @TempDir
    private Path folder;

    private byte[] read(Path file, int channels) throws IOException {
        byte[] pixels = new byte[channels];
        var images = new UnlabelledImages(List.of(file), channels);
        assertEquals(-1, images.label(0));
        images.read(0, Preprocessing.covering(new StoredSize(1, 1)), MemorySegment.ofArray(pixels));
        return pixels;
    }

    @Test
    void aNetworkThatSeesGreySeesTheLumaOfColours() throws IOException {
        Path file = TestImages.write(folder.resolve("orange.png"), TestImages.encode(TestImages.plain(3, 3, 0xFF8000), "png"));
        assertArrayEquals(new byte[] {(byte) 0xFF, (byte) 0x80, 0}, read(file, 3));
        // 0.299 * 255 + 0.587 * 128 = 151.4
        assertArrayEquals(new byte[] {(byte) 151}, read(file, 1));
    }

    @Test
    void whiteStaysWhiteAndBlackBlack() throws IOException {
        Path white = TestImages.write(folder.resolve("white.png"), TestImages.encode(TestImages.plain(3, 3, 0xFFFFFF), "png"));
        Path black = TestImages.write(folder.resolve("black.png"), TestImages.encode(TestImages.plain(3, 3, 0), "png"));
        assertArrayEquals(new byte[] {(byte) 255}, read(white, 1));
        assertArrayEquals(new byte[] {0}, read(black, 1));
    }

    @Test
    void allVisibleFilesBelowAFolderAreListedInOrder() throws IOException {
        for (String name : List.of("b/2.png", "b/1.png", "a.png", ".hidden.png")) {
            TestImages.write(folder.resolve(name), new byte[1]);
        }
        assertEquals(List.of(folder.resolve("a.png"), folder.resolve("b/1.png"), folder.resolve("b/2.png")), ImageFolder.filesBelow(folder));
        assertTrue(assertThrows(DataException.class, () -> ImageFolder.filesBelow(folder.resolve("none"))).getMessage().contains("no such folder"));
    }
}
