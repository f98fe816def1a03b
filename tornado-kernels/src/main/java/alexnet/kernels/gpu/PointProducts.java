package alexnet.kernels.gpu;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Products of matrices, many of a shape in one launch, for {@link WinogradConvolution}: all of them and their factors are in one
 * array. Tiles, slabs and work items are those of {@link Product}, which see; nothing is gathered, so that next to no integers are
 * computed.
 *
 * <p>Element of a factor, of row r, column c and term t: first {@code [part][t][r]} and second {@code [part][t][c]}, or with the terms
 * innermost first {@code [part][r][t]} and second {@code [part][c][t]}. Result: {@code [split][part][r][c]}.
 */
final class PointProducts {

    private static final int SIDE = Product.SIDE;
    private static final int DEPTH = Product.DEPTH;
    private static final int GAP = Product.GAP;
    private static final int ALL = Product.ALL;

    private PointProducts() {
    }

    /**
     * {@code result = first * second} for each part.
     *
     * @param rows    rows of a tile, as in {@link Product#multiply}
     * @param columns columns of a tile
     * @param parts   the products
     * @param lines   rows of a result
     * @param plane   columns of a result
     * @param inner   1 where the terms are innermost
     * @param first   where the first factors begin
     * @param second  where the second factors begin
     * @param result  where the results begin
     */
    static void multiply(KernelContext context, int rows, int columns, int splits, int parts, int lines, int plane, int terms, int inner,
                         int first, int second, int result, FloatArray workspace) {
        float[] slabs = context.allocateFloatLocalArray(Product.LOCAL_FLOATS);
        int threads = rows / SIDE * (columns / SIDE);
        int rowTiles = (lines + rows - 1) / rows;
        int columnTiles = (plane + columns - 1) / columns;
        int item = context.localIdx;
        int firstRow = context.groupIdx % rowTiles * rows;
        int firstColumn = context.groupIdx / rowTiles % columnTiles * columns;
        int part = context.groupIdx / (rowTiles * columnTiles) % parts;
        int split = context.groupIdx / (rowTiles * columnTiles * parts);
        int range = ((terms + splits - 1) / splits + DEPTH - 1) / DEPTH * DEPTH;
        int begin = split * range;
        int end = begin + range < terms ? begin + range : terms;

        // What this work item loads: the place of the first element, and how far it is to the next.
        boolean wholeRows = lines % rows == 0;
        int ownRow = inner == 1 ? item / DEPTH : item % rows;
        int ownTerm = inner == 1 ? item % DEPTH : item / rows;
        int nextRow = inner == 1 ? threads / DEPTH : 0;
        int nextTerm = inner == 1 ? 0 : threads / rows;
        int rowsLeft = lines - 1 - firstRow - ownRow;
        int firstStep = inner == 1 ? 1 : lines;
        int firstAt = first + part * terms * lines + (firstRow + ownRow) * (inner == 1 ? terms : 1);
        int nextAt = inner == 1 ? nextRow * terms : nextTerm * lines;
        int toFirst = ownTerm * (rows + GAP) + ownRow;
        int nextTo = nextTerm * (rows + GAP) + nextRow;
        boolean wholeColumns = plane % columns == 0;
        int ownColumn = inner == 1 ? item / DEPTH : item % columns;
        int ownDepth = inner == 1 ? item % DEPTH : item / columns;
        int nextColumn = inner == 1 ? threads / DEPTH : 0;
        int nextDepth = inner == 1 ? 0 : threads / columns;
        int columnsLeft = plane - 1 - firstColumn - ownColumn;
        int secondStep = inner == 1 ? 1 : plane;
        int secondAt = second + part * terms * plane + (firstColumn + ownColumn) * (inner == 1 ? terms : 1);
        int nextFrom = inner == 1 ? nextColumn * terms : nextDepth * plane;
        int toSecond = DEPTH * (rows + GAP) + ownDepth * (columns + GAP) + ownColumn;
        int nextInto = nextDepth * (columns + GAP) + nextColumn;

        int across = item % 8 + item / 32 % (columns / 64) * 8;
        int down = item / 8 % 4 + item / 32 / (columns / 64) * 4;
        int slab = DEPTH * (rows + columns + 2 * GAP);

        float s00 = 0, s01 = 0, s02 = 0, s03 = 0, s04 = 0, s05 = 0, s06 = 0, s07 = 0;
        float s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0, s16 = 0, s17 = 0;
        float s20 = 0, s21 = 0, s22 = 0, s23 = 0, s24 = 0, s25 = 0, s26 = 0, s27 = 0;
        float s30 = 0, s31 = 0, s32 = 0, s33 = 0, s34 = 0, s35 = 0, s36 = 0, s37 = 0;
        float s40 = 0, s41 = 0, s42 = 0, s43 = 0, s44 = 0, s45 = 0, s46 = 0, s47 = 0;
        float s50 = 0, s51 = 0, s52 = 0, s53 = 0, s54 = 0, s55 = 0, s56 = 0, s57 = 0;
        float s60 = 0, s61 = 0, s62 = 0, s63 = 0, s64 = 0, s65 = 0, s66 = 0, s67 = 0;
        float s70 = 0, s71 = 0, s72 = 0, s73 = 0, s74 = 0, s75 = 0, s76 = 0, s77 = 0;
        int half = 0;
        for (int next = begin; next < end + DEPTH; next += DEPTH) {
            int left = end - 1 - next - ownTerm;
            int at = firstAt + (next + ownTerm) * firstStep;
            float p0 = Product.element(workspace, wholeRows, rowsLeft, left, at);
            float p1 = Product.element(workspace, wholeRows, rowsLeft - nextRow, left - nextTerm, at + nextAt);
            float p2 = columns == 256 ? 0 : Product.element(workspace, wholeRows, rowsLeft - 2 * nextRow, left - 2 * nextTerm, at + 2 * nextAt);
            float p3 = columns == 256 ? 0 : Product.element(workspace, wholeRows, rowsLeft - 3 * nextRow, left - 3 * nextTerm, at + 3 * nextAt);
            float p4 = columns > 64 ? 0 : Product.element(workspace, wholeRows, rowsLeft - 4 * nextRow, left - 4 * nextTerm, at + 4 * nextAt);
            float p5 = columns > 64 ? 0 : Product.element(workspace, wholeRows, rowsLeft - 5 * nextRow, left - 5 * nextTerm, at + 5 * nextAt);
            float p6 = columns > 64 ? 0 : Product.element(workspace, wholeRows, rowsLeft - 6 * nextRow, left - 6 * nextTerm, at + 6 * nextAt);
            float p7 = columns > 64 ? 0 : Product.element(workspace, wholeRows, rowsLeft - 7 * nextRow, left - 7 * nextTerm, at + 7 * nextAt);
            int rest = end - 1 - next - ownDepth;
            int from = secondAt + (next + ownDepth) * secondStep;
            float q0 = Product.element(workspace, wholeColumns, columnsLeft, rest, from);
            float q1 = Product.element(workspace, wholeColumns, columnsLeft - nextColumn, rest - nextDepth, from + nextFrom);
            float q2 = rows == 256 ? 0 : Product.element(workspace, wholeColumns, columnsLeft - 2 * nextColumn, rest - 2 * nextDepth, from + 2 * nextFrom);
            float q3 = rows == 256 ? 0 : Product.element(workspace, wholeColumns, columnsLeft - 3 * nextColumn, rest - 3 * nextDepth, from + 3 * nextFrom);
            float q4 = rows > 64 ? 0 : Product.element(workspace, wholeColumns, columnsLeft - 4 * nextColumn, rest - 4 * nextDepth, from + 4 * nextFrom);
            float q5 = rows > 64 ? 0 : Product.element(workspace, wholeColumns, columnsLeft - 5 * nextColumn, rest - 5 * nextDepth, from + 5 * nextFrom);
            float q6 = rows > 64 ? 0 : Product.element(workspace, wholeColumns, columnsLeft - 6 * nextColumn, rest - 6 * nextDepth, from + 6 * nextFrom);
            float q7 = rows > 64 ? 0 : Product.element(workspace, wholeColumns, columnsLeft - 7 * nextColumn, rest - 7 * nextDepth, from + 7 * nextFrom);
            if (next > begin) {
                int fourRows = (1 - half) * (slab / 4) + down;
                int fourColumns = (1 - half) * (slab / 4) + DEPTH * ((rows + GAP) / 4) + across;
                for (int pair = 0; pair < DEPTH / 2; pair++) {
                    int a = 4 * (fourRows & ALL);
                    int b = 4 * (fourColumns & ALL);
                    // TornadoVM unrolls this loop, but not one of more steps.
                    for (int term = 0; term < 2; term++) {
                        float a0 = slabs[a];
                        float a1 = slabs[a + 1];
                        float a2 = slabs[a + 2];
                        float a3 = slabs[a + 3];
                        float a4 = slabs[a + rows / 2];
                        float a5 = slabs[a + rows / 2 + 1];
                        float a6 = slabs[a + rows / 2 + 2];
                        float a7 = slabs[a + rows / 2 + 3];
                        float b0 = slabs[b];
                        float b1 = slabs[b + 1];
                        float b2 = slabs[b + 2];
                        float b3 = slabs[b + 3];
                        float b4 = slabs[b + columns / 2];
                        float b5 = slabs[b + columns / 2 + 1];
                        float b6 = slabs[b + columns / 2 + 2];
                        float b7 = slabs[b + columns / 2 + 3];
                        s00 += a0 * b0; s01 += a0 * b1; s02 += a0 * b2; s03 += a0 * b3;
                        s04 += a0 * b4; s05 += a0 * b5; s06 += a0 * b6; s07 += a0 * b7;
                        s10 += a1 * b0; s11 += a1 * b1; s12 += a1 * b2; s13 += a1 * b3;
                        s14 += a1 * b4; s15 += a1 * b5; s16 += a1 * b6; s17 += a1 * b7;
                        s20 += a2 * b0; s21 += a2 * b1; s22 += a2 * b2; s23 += a2 * b3;
                        s24 += a2 * b4; s25 += a2 * b5; s26 += a2 * b6; s27 += a2 * b7;
                        s30 += a3 * b0; s31 += a3 * b1; s32 += a3 * b2; s33 += a3 * b3;
                        s34 += a3 * b4; s35 += a3 * b5; s36 += a3 * b6; s37 += a3 * b7;
                        s40 += a4 * b0; s41 += a4 * b1; s42 += a4 * b2; s43 += a4 * b3;
                        s44 += a4 * b4; s45 += a4 * b5; s46 += a4 * b6; s47 += a4 * b7;
                        s50 += a5 * b0; s51 += a5 * b1; s52 += a5 * b2; s53 += a5 * b3;
                        s54 += a5 * b4; s55 += a5 * b5; s56 += a5 * b6; s57 += a5 * b7;
                        s60 += a6 * b0; s61 += a6 * b1; s62 += a6 * b2; s63 += a6 * b3;
                        s64 += a6 * b4; s65 += a6 * b5; s66 += a6 * b6; s67 += a6 * b7;
                        s70 += a7 * b0; s71 += a7 * b1; s72 += a7 * b2; s73 += a7 * b3;
                        s74 += a7 * b4; s75 += a7 * b5; s76 += a7 * b6; s77 += a7 * b7;
                        a += rows + GAP;
                        b += columns + GAP;
                    }
                    fourRows += (rows + GAP) / 2;
                    fourColumns += (columns + GAP) / 2;
                }
            }
            int to = half * slab + toFirst;
            slabs[to] = p0;
            slabs[to + nextTo] = p1;
            if (columns < 256) {
                slabs[to + 2 * nextTo] = p2;
                slabs[to + 3 * nextTo] = p3;
            }
            if (columns == 64) {
                slabs[to + 4 * nextTo] = p4;
                slabs[to + 5 * nextTo] = p5;
                slabs[to + 6 * nextTo] = p6;
                slabs[to + 7 * nextTo] = p7;
            }
            int into = half * slab + toSecond;
            slabs[into] = q0;
            slabs[into + nextInto] = q1;
            if (rows < 256) {
                slabs[into + 2 * nextInto] = q2;
                slabs[into + 3 * nextInto] = q3;
            }
            if (rows == 64) {
                slabs[into + 4 * nextInto] = q4;
                slabs[into + 5 * nextInto] = q5;
                slabs[into + 6 * nextInto] = q6;
                slabs[into + 7 * nextInto] = q7;
            }
            half = 1 - half;
            context.localBarrier();
        }

        int row = firstRow + down * 4;
        int column = firstColumn + across * 4;
        int target = result + (split * parts + part) * lines * plane;
        Product.store(workspace, workspace, false, 0, target, 0, row, lines, column, columns / 2, plane,
                s00, s01, s02, s03, s04, s05, s06, s07);
        Product.store(workspace, workspace, false, 0, target, 0, row + 1, lines, column, columns / 2, plane,
                s10, s11, s12, s13, s14, s15, s16, s17);
        Product.store(workspace, workspace, false, 0, target, 0, row + 2, lines, column, columns / 2, plane,
                s20, s21, s22, s23, s24, s25, s26, s27);
        Product.store(workspace, workspace, false, 0, target, 0, row + 3, lines, column, columns / 2, plane,
                s30, s31, s32, s33, s34, s35, s36, s37);
        Product.store(workspace, workspace, false, 0, target, 0, row + rows / 2, lines, column, columns / 2, plane,
                s40, s41, s42, s43, s44, s45, s46, s47);
        Product.store(workspace, workspace, false, 0, target, 0, row + rows / 2 + 1, lines, column, columns / 2, plane,
                s50, s51, s52, s53, s54, s55, s56, s57);
        Product.store(workspace, workspace, false, 0, target, 0, row + rows / 2 + 2, lines, column, columns / 2, plane,
                s60, s61, s62, s63, s64, s65, s66, s67);
        Product.store(workspace, workspace, false, 0, target, 0, row + rows / 2 + 3, lines, column, columns / 2, plane,
                s70, s71, s72, s73, s74, s75, s76, s77);
    }
}
