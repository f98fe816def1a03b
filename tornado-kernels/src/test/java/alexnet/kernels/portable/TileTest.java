package alexnet.kernels.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 15, 16, 17, 32, 33, 100, 128})
    void tilesCoverTheExtentAndStayWithinIt(int extent) {
        boolean[] covered = new boolean[extent];
        for (int tile = 0; tile < Tile.count(extent, Tile.LANES); tile++) {
            int start = Tile.start(tile, extent);
            assertTrue(start >= 0);
            assertEquals(start + Tile.lanes(extent), Tile.end(tile, extent));
            for (int i = start; i < Tile.end(tile, extent); i++) {
                covered[i] = true;
            }
        }
        for (boolean lane : covered) {
            assertTrue(lane);
        }
    }

    /** Windows of {@code size} pixels that begin at 0, stride, ...: those that hold the pixel, found one by one. */
    @ParameterizedTest
    @CsvSource({"3, 2, 6", "3, 1, 5", "2, 3, 4", "11, 4, 9", "1, 1, 1"})
    void windowsThatHoldAPixelAreThoseBetweenFirstFromAndEndBefore(int size, int stride, int windows) {
        for (int pixel = 0; pixel < stride * windows + size; pixel++) {
            int first = Tile.firstFrom(pixel - size + 1, stride);
            int end = Tile.endBefore(pixel + 1, stride, windows);
            for (int window = 0; window < windows; window++) {
                boolean holds = window * stride <= pixel && pixel < window * stride + size;
                assertEquals(holds, first <= window && window < end, "pixel " + pixel + ", window " + window);
            }
        }
    }
}
