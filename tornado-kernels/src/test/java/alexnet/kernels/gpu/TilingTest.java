package alexnet.kernels.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilingTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 48, 387200", "2, 5, 33", "1, 48, 363", "1, 2048, 128", "3, 1000, 17", "1, 4096, 9216"})
    void tilesCoverTheProductAndFitTheWorkGroup(int parts, int rows, int columns) {
        for (int threads = 64; threads <= 256; threads *= 2) {
            for (int units : new int[] {1, 16, 132}) {
                Tiling tiling = Tiling.of(threads, units, parts, rows, columns);
                int rowTiles = (rows + tiling.rows() - 1) / tiling.rows();
                int columnTiles = (columns + tiling.columns() - 1) / tiling.columns();
                assertEquals(parts * rowTiles * columnTiles, tiling.groups());
                assertEquals(threads, tiling.slices() * (tiling.rows() / Product.SIDE) * (tiling.columns() / Product.SIDE));
                // What the kernels rely on when they share the loads among the work items.
                assertEquals(0, tiling.depth() % tiling.slices());
                assertEquals(0, threads % tiling.depth());
                assertEquals(0, threads % tiling.columns());
                assertTrue(tiling.depth() * (tiling.rows() + tiling.columns() + 2 * Product.GAP) <= Product.LOCAL_FLOATS);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256})
    void aLargeProductGetsTheLargestTiles(int threads) {
        Tiling tiling = Tiling.of(threads, 16, 1, 4096, 100_000);
        assertEquals(1, tiling.slices());
    }

    @Test
    void aSmallProductIsSharedByMoreGroupsOnALargerDevice() {
        assertTrue(Tiling.of(256, 132, 1, 192, 2304).groups() > Tiling.of(256, 8, 1, 192, 2304).groups());
    }
}
