package alexnet.kernels.gpu;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the three directions of a convolution have in common: a work-group computes a tile of a matrix product from slabs of
 * both factors in local memory, each work item {@value #SIDE} x {@value #SIDE} sums of it in registers.
 *
 * <p>Inside a group, {@code slices} sets of work items each add the terms {@code slice, slice + slices, ...} of every slab; in
 * the end their sums are added up. In a set, {@code across = columns / SIDE} work items stand side by side. A work item has
 * {@value #SIDE} neighbouring rows, and the columns {@code place, place + across, ...}: neighbouring work items read
 * neighbouring columns, so that no two of them meet in a bank of local memory.
 *
 * <p>Local memory: {@code [depth][rows + GAP]} of the first factor, then {@code [depth][columns + GAP]} of the second; in the
 * end {@code [slices][rows / SIDE][columns]} sums, one row of every work item at a time.
 *
 * <p>No helper takes a local array: TornadoVM 5.2 gets the addresses wrong where such an array is passed to a method.
 */
final class Product {

    /** Rows and columns of the sums that one work item keeps. */
    static final int SIDE = 8;
    /** Unused floats after each line of a slab: lines that are written at once then begin in different banks. */
    static final int GAP = 4;
    /** Floats of local memory that a group takes. */
    static final int LOCAL_FLOATS = 2560;

    private Product() {
    }

    /** Sets a row of sums to a value; an array's elements have none before, on a device. */
    static void fill(float[] sums, float value) {
        for (int i = 0; i < SIDE; i++) {
            sums[i] = value;
        }
    }

    /** Copies the row of sums of that number, in a form that leaves all of them in registers. */
    static void choose(int row, float[] chosen, float[] sums0, float[] sums1, float[] sums2, float[] sums3, float[] sums4,
                       float[] sums5, float[] sums6, float[] sums7) {
        if (row == 0) {
            copy(sums0, chosen);
        } else if (row == 1) {
            copy(sums1, chosen);
        } else if (row == 2) {
            copy(sums2, chosen);
        } else if (row == 3) {
            copy(sums3, chosen);
        } else if (row == 4) {
            copy(sums4, chosen);
        } else if (row == 5) {
            copy(sums5, chosen);
        } else if (row == 6) {
            copy(sums6, chosen);
        } else {
            copy(sums7, chosen);
        }
    }

    private static void copy(float[] from, float[] to) {
        for (int i = 0; i < SIDE; i++) {
            to[i] = from[i];
        }
    }

    /** {@code target[firstLine + row][column] = value} if there are that row and column; a line has {@code columns} values. */
    static void store(FloatArray target, int firstLine, int row, int rows, int column, int columns, float value) {
        if (row < rows && column < columns) {
            target.set((firstLine + row) * columns + column, value);
        }
    }
}
