package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;
import static alexnet.kernels.host.PackedProduct.ROWS;

import jdk.incubator.vector.FloatVector;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The left side of a {@link PackedProduct} in the order in which it is used: panels of {@link PackedProduct#ROWS} rows, of each the
 * numbers of its rows for the first tap, then those for the second, and so on. What a last panel has no rows for may be anything.
 */
final class Panels {

    private Panels() {
    }

    /** Numbers that the panels of so many rows take. */
    static int length(int rows, int taps) {
        return Math.multiplyExact(Math.ceilDiv(rows, ROWS) * ROWS, taps);
    }

    /**
     * Copies left sides whose rows consist of runs of neighbouring numbers into panels, one side after the other. A block is a panel.
     *
     * @param sides      how many
     * @param rows       rows of each
     * @param sideStride how far apart the sides begin in the source
     * @param rowStride  how far apart the rows of a side begin
     * @param runs       runs of a row
     * @param length     numbers of a run
     * @param runStride  how far apart the runs of a row begin
     */
    static void pack(int sides, int rows, int sideStride, int rowStride, int runs, int length, int runStride, FloatArray source,
                     FloatArray panels) {
        float[] from = HostArrays.floats(source);
        float[] to = HostArrays.floats(panels);
        int panelsOfSide = (rows + ROWS - 1) / ROWS;
        for (@Parallel int panel = 0; panel < sides * panelsOfSide; panel++) {
            int row = panel % panelsOfSide * ROWS;
            packRows(from, panel / panelsOfSide * sideStride + row * rowStride, rowStride, Math.min(ROWS, rows - row), runs, length, runStride,
                    to, panel * ROWS * runs * length);
        }
    }

    /** Copies the rows of one panel. */
    private static void packRows(float[] source, int start, int rowStride, int rows, int runs, int length, int runStride, float[] panels,
                                 int panel) {
        for (int run = 0; run < runs; run++) {
            Matrices.transpose(source, start + run * runStride, rowStride, rows, length, panels, panel + run * length * ROWS, ROWS);
        }
    }

    /**
     * Copies a left side whose rows lie side by side, one tap after the other, into panels from 0 on. Whole vectors are copied, and
     * what they bring too much of the next tap replaces.
     */
    static void packColumns(float[] source, int start, int tapStride, int rows, int taps, float[] panels) {
        for (int tap = 0; tap < taps; tap++) {
            int from = start + tap * tapStride;
            boolean whole = tap < taps - 1 && from + rows + 2 * Lanes.COUNT <= source.length;
            for (int row = 0; row < rows; row += ROWS) {
                int to = row * taps + tap * ROWS;
                if (whole) {
                    for (int i = 0; i < ROWS; i += Lanes.COUNT) {
                        FloatVector.fromArray(FLOATS, source, from + row + i).intoArray(panels, to + i);
                    }
                } else {
                    System.arraycopy(source, from + row, panels, to, Math.min(ROWS, rows - row));
                }
            }
        }
    }
}
