package alexnet.kernels.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilingTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "1, 48, 387200, 363", "2, 5, 33, 1000", "1, 48, 363, 387200", "1, 2048, 128, 9216", "3, 1000, 17, 5",
            "1, 4096, 9216, 128"})
    void tilesCoverTheProductAndFitTheWorkGroup(int parts, int rows, int columns, int terms) {
        for (int threads = 64; threads <= 256; threads *= 2) {
            for (int units : new int[] {1, 16, 132}) {
                Tiling tiling = Tiling.of(threads, units, parts, rows, columns, terms);
                int rowTiles = (rows + tiling.rows() - 1) / tiling.rows();
                int columnTiles = (columns + tiling.columns() - 1) / tiling.columns();
                assertEquals(parts * rowTiles * columnTiles * tiling.splits(), tiling.groups());
                assertTrue(tiling.threads() <= threads);
                // What the kernels rely on when they share the loads among the work items.
                assertTrue(tiling.rows() <= tiling.threads() && tiling.columns() <= tiling.threads());
                assertTrue(2 * Product.DEPTH * (tiling.rows() + tiling.columns() + 2 * Product.GAP) <= Product.LOCAL_FLOATS);
            }
        }
    }

    @Test
    void aLargeProductGetsTheLargestTilesAndNoSplits() {
        Tiling tiling = Tiling.of(256, 16, 1, 4096, 100_000, 4096);
        assertEquals(256, tiling.threads());
        assertEquals(1, tiling.splits());
    }

    @Test
    void longSumsOfASmallResultAreSplitUntilEveryUnitHasWork() {
        assertTrue(Tiling.of(256, 132, 1, 48, 363, 387_200).groups() >= 132);
        assertTrue(Tiling.of(256, 132, 1, 48, 363, 387_200).groups() > Tiling.of(256, 8, 1, 48, 363, 387_200).groups());
    }

    @Test
    void theSumsOfAllSplitsStaySmall() {
        Tiling tiling = Tiling.of(256, 132, 1, 128, 27 * 27 * 512, 1200);
        assertTrue((long) tiling.splits() * 128 * 27 * 27 * 512 <= 1 << 26);
    }
}
