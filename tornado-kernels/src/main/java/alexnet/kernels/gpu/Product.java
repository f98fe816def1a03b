package alexnet.kernels.gpu;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolution with zero padding and channel groups in all three directions (paper, section 3.5), as one matrix product whose
 * second factor is gathered on the way into local memory and never stored. A fully connected layer is the convolution of a
 * 1x1 image.
 *
 * <table>
 * <caption>What the directions multiply</caption>
 * <tr><th>direction</th><th>first</th><th>second</th><th>result</th><th>rows</th><th>columns</th><th>terms</th></tr>
 * <tr><td>{@link #FORWARD}</td><td>weights</td><td>input</td><td>output</td><td>filters</td><td>output pixels</td><td>taps</td></tr>
 * <tr><td>{@link #INPUT_GRADIENT}</td><td>weights</td><td>output gradient</td><td>input gradient</td><td>channels</td>
 *     <td>input pixels</td><td>taps of all filters</td></tr>
 * <tr><td>{@link #WEIGHT_GRADIENT}</td><td>output gradient</td><td>input</td><td>weight gradient</td><td>filters</td>
 *     <td>taps</td><td>output pixels</td></tr>
 * </table>
 *
 * <p>A pixel is a pixel of an image of the batch, a tap a weight of a filter. Arrays, batch innermost: input
 * {@code [channels][height][width][images]}, weights {@code [filters][channels / groups][size][size]}, bias {@code [filters]},
 * output {@code [filters][outputHeight][outputWidth][images]}.
 *
 * <p>Work. A work-group computes a tile of {@code rows} x {@code columns} sums, a work item {@value #SIDE} x {@value #SIDE} of
 * them: of both rows and columns four neighbours in the tile's first half and four in its second, so that four values come
 * out of local memory in one load and the work items of a warp, 4 x 8 of them, meet in no bank. Slabs of {@value #DEPTH} terms
 * of both factors are in local memory twice: while one is multiplied, the next is on its way from device memory in registers.
 * The terms are shared out among {@code splits} sets of work-groups, whose sums {@link #addUp} adds.
 *
 * <p>Sums are variables and not an array, because TornadoVM's PTX back end puts private arrays into memory; they stand in the
 * kernel, because a local array must not be passed to a method.
 */
final class Product {

    static final int FORWARD = 0;
    static final int INPUT_GRADIENT = 1;
    static final int WEIGHT_GRADIENT = 2;

    /** Rows and columns of the sums that one work item keeps. */
    static final int SIDE = 8;
    /** Terms that are in local memory at a time. */
    static final int DEPTH = 8;
    /** Unused floats after each line of a slab: terms that are written at once then begin in different banks. */
    static final int GAP = 4;
    /** Rows and columns of the largest tile together. */
    static final int MOST_LINES = 320;
    /** Columns of the widest tile. */
    static final int MOST_COLUMNS = 256;
    /** Terms whose places are found at a time, each by a work item. */
    private static final int AHEAD = 64;
    /** Floats of local memory that a group takes, and integers: two of each term and each column. */
    static final int LOCAL_FLOATS = 2 * DEPTH * (MOST_LINES + 2 * GAP);
    static final int LOCAL_INTS = 2 * (2 * AHEAD + MOST_COLUMNS);

    /**
     * A mask of all bits that a place in local memory has, counted in fours. It changes nothing, but keeps NVRTC from running
     * through local memory with a pointer, of which the assembler would not know that four floats from there are one load.
     */
    static final int ALL = 2047;

    /** Rows and columns of the largest image, padding included, that fit into a place. */
    static final int MOST_PIXELS = 1 << 13;
    /** A place is a row and a column in one integer. */
    private static final int ROW = 1 << 16;
    /** The place of row 0 and column 0; both halves have the bit set that tells that they are not below. */
    private static final int ORIGIN = (1 << 14) * ROW + (1 << 14);
    /** The place of a term or a column that is not there: above every image. */
    private static final int OUTSIDE = -MOST_PIXELS * ROW;

    private Product() {
    }

    /**
     * {@code result = first * second}, in the direction FORWARD with the bias added and negative sums set to 0 where
     * {@code relu} is 1; a NaN stays one. With several splits, the sums of each go to {@code result} one after the other.
     *
     * @param rows    rows of a tile, a multiple of 64, of which there are {@code rows * columns / 64} work items
     * @param columns columns of a tile, a multiple of 64
     */
    static void multiply(KernelContext context, int direction, int rows, int columns, int splits, int images, int channels,
                         int height, int width, int filters, int size, int stride, int padding, int groups, int relu,
                         FloatArray first, FloatArray second, FloatArray bias, FloatArray result) {
        float[] slabs = context.allocateFloatLocalArray(LOCAL_FLOATS);
        int[] places = context.allocateIntLocalArray(LOCAL_INTS);
        int outputHeight = (height + 2 * padding - size) / stride + 1;
        int outputWidth = (width + 2 * padding - size) / stride + 1;
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int window = size * size;
        int outputPixels = outputHeight * outputWidth * images;
        boolean backward = direction == INPUT_GRADIENT;
        boolean byWeights = direction == WEIGHT_GRADIENT;
        int lines = backward ? groupChannels : groupFilters;
        int plane = byWeights ? groupChannels * window : backward ? height * width * images : outputPixels;
        int terms = byWeights ? outputPixels : (backward ? groupFilters : groupChannels) * window;

        int threads = rows / SIDE * (columns / SIDE);
        int rowTiles = (lines + rows - 1) / rows;
        int columnTiles = (plane + columns - 1) / columns;
        int item = context.localIdx;
        int group = context.groupIdx / rowTiles % groups;
        int firstRow = context.groupIdx % rowTiles * rows;
        int firstColumn = context.groupIdx / (rowTiles * groups) % columnTiles * columns;
        int split = context.groupIdx / (rowTiles * groups * columnTiles);
        int range = ((terms + splits - 1) / splits + DEPTH - 1) / DEPTH * DEPTH;
        int begin = split * range;
        int end = begin + range < terms ? begin + range : terms;

        // The image that is gathered from, and how far apart its pixels lie in the padded input.
        int mapHeight = backward ? outputHeight : height;
        int mapWidth = backward ? outputWidth : width;
        int step = backward ? stride : 1;
        int map = mapHeight * mapWidth * images;
        int firstMap = group * (backward ? groupFilters : groupChannels);
        int sign = backward ? -1 : 1;
        // Where the pixels of the other image lie in the padded input.
        int pixelWidth = backward ? width : outputWidth;
        int pixelStep = backward ? 1 : stride;
        int margin = backward ? -padding : padding;

        // The elements of the first factor that this work item loads: where the first lies, and how far it is to the next. A
        // fully connected layer's weights are neighbours along the rows when the sums are over units.
        boolean along = backward && size == 1;
        boolean whole = lines % rows == 0;
        int ownRow = along ? item % rows : item / DEPTH;
        int ownTerm = along ? item / rows : item % DEPTH;
        int nextRow = along ? 0 : threads / DEPTH;
        int nextTerm = along ? threads / rows : 0;
        int rest = lines - 1 - firstRow - ownRow;
        int lineLength = backward ? window : terms;
        int firstAt = group * groupFilters * (backward ? groupChannels * window : terms) + (firstRow + ownRow) * lineLength;
        int nextAt = nextRow * lineLength + nextTerm * groupChannels;
        int toFirst = ownTerm * (rows + GAP) + ownRow;
        int nextTo = nextTerm * (rows + GAP) + nextRow;
        // The same of the second factor.
        int ownColumn = byWeights ? item / DEPTH : item % columns;
        int ownDepth = byWeights ? item % DEPTH : item / columns;
        int nextColumn = byWeights ? threads / DEPTH : 0;
        int nextDepth = byWeights ? 0 : threads / columns;
        int c = 2 * (2 * AHEAD + ownColumn);
        int nextC = 2 * nextColumn;
        int nextT = 2 * nextDepth;
        int toSecond = DEPTH * (rows + GAP) + ownDepth * (columns + GAP) + ownColumn;
        int nextInto = nextDepth * (columns + GAP) + nextColumn;

        // The place of the work item's sums: a warp has 4 x 8 work items.
        int across = item % 8 + item / 32 % (columns / 64) * 8;
        int down = item / 8 % 4 + item / 32 / (columns / 64) * 4;
        int slab = DEPTH * (rows + columns + 2 * GAP);

        for (int i = item; i < columns; i += threads) {
            int column = firstColumn + i;
            int at = 2 * (2 * AHEAD + i);
            int place = byWeights ? tap(column, size, 1) : pixel(column, images, pixelWidth, pixelStep, margin);
            int offset = byWeights ? (firstMap + column / window) * map : column % images;
            places[at] = ORIGIN + (column < plane ? place : OUTSIDE);
            places[at + 1] = offset + (step == 1 ? offset(place, mapWidth, images) : 0);
        }
        if (item < AHEAD) {
            int term = begin + item;
            int place = byWeights ? pixel(term, images, pixelWidth, pixelStep, margin) : tap(term, size, sign);
            int offset = byWeights ? term % images : (firstMap + term / window) * map;
            places[2 * item] = term < end ? place : OUTSIDE;
            places[2 * item + 1] = offset + (step == 1 ? offset(place, mapWidth, images) : 0);
        }
        context.localBarrier();

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
            int slot = next - begin & 2 * AHEAD - 1;
            // The next slabs, on their way while this one is multiplied.
            int left = end - 1 - next - ownTerm;
            int at = firstAt + (backward ? (next + ownTerm) / window * groupChannels * window + (next + ownTerm) % window : next + ownTerm);
            int t = 2 * (slot + ownDepth);
            float p0 = element(first, whole, rest, left, at);
            float p1 = element(first, whole, rest - nextRow, left - nextTerm, at + nextAt);
            float p2 = columns == 256 ? 0 : element(first, whole, rest - 2 * nextRow, left - 2 * nextTerm, at + 2 * nextAt);
            float p3 = columns == 256 ? 0 : element(first, whole, rest - 3 * nextRow, left - 3 * nextTerm, at + 3 * nextAt);
            float p4 = columns > 64 ? 0 : element(first, whole, rest - 4 * nextRow, left - 4 * nextTerm, at + 4 * nextAt);
            float p5 = columns > 64 ? 0 : element(first, whole, rest - 5 * nextRow, left - 5 * nextTerm, at + 5 * nextAt);
            float p6 = columns > 64 ? 0 : element(first, whole, rest - 6 * nextRow, left - 6 * nextTerm, at + 6 * nextAt);
            float p7 = columns > 64 ? 0 : element(first, whole, rest - 7 * nextRow, left - 7 * nextTerm, at + 7 * nextAt);
            float q0 = gathered(second, mapHeight, mapWidth, images, step,
                    places[t] + places[c], places[t + 1] + places[c + 1]);
            float q1 = gathered(second, mapHeight, mapWidth, images, step,
                    places[t + nextT] + places[c + nextC], places[t + nextT + 1] + places[c + nextC + 1]);
            float q2 = rows == 256 ? 0 : gathered(second, mapHeight, mapWidth, images, step,
                    places[t + 2 * nextT] + places[c + 2 * nextC], places[t + 2 * nextT + 1] + places[c + 2 * nextC + 1]);
            float q3 = rows == 256 ? 0 : gathered(second, mapHeight, mapWidth, images, step,
                    places[t + 3 * nextT] + places[c + 3 * nextC], places[t + 3 * nextT + 1] + places[c + 3 * nextC + 1]);
            float q4 = rows > 64 ? 0 : gathered(second, mapHeight, mapWidth, images, step,
                    places[t + 4 * nextT] + places[c + 4 * nextC], places[t + 4 * nextT + 1] + places[c + 4 * nextC + 1]);
            float q5 = rows > 64 ? 0 : gathered(second, mapHeight, mapWidth, images, step,
                    places[t + 5 * nextT] + places[c + 5 * nextC], places[t + 5 * nextT + 1] + places[c + 5 * nextC + 1]);
            float q6 = rows > 64 ? 0 : gathered(second, mapHeight, mapWidth, images, step,
                    places[t + 6 * nextT] + places[c + 6 * nextC], places[t + 6 * nextT + 1] + places[c + 6 * nextC + 1]);
            float q7 = rows > 64 ? 0 : gathered(second, mapHeight, mapWidth, images, step,
                    places[t + 7 * nextT] + places[c + 7 * nextC], places[t + 7 * nextT + 1] + places[c + 7 * nextC + 1]);
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
            if ((slot & AHEAD - 1) == 0 && item < AHEAD) {
                int term = next + AHEAD + item;
                int free = 2 * ((slot ^ AHEAD) + item);
                int place = byWeights ? pixel(term, images, pixelWidth, pixelStep, margin) : tap(term, size, sign);
                int offset = byWeights ? term % images : (firstMap + term / window) * map;
                places[free] = term < end ? place : OUTSIDE;
                places[free + 1] = offset + (step == 1 ? offset(place, mapWidth, images) : 0);
            }
            half = 1 - half;
            context.localBarrier();
        }

        int row = firstRow + down * 4;
        int column = firstColumn + across * 4;
        int target = split * lines * groups * plane;
        boolean biased = direction == FORWARD && splits == 1;
        store(result, bias, biased, relu, target, group * lines, row, lines, column, columns / 2, plane,
                s00, s01, s02, s03, s04, s05, s06, s07);
        store(result, bias, biased, relu, target, group * lines, row + 1, lines, column, columns / 2, plane,
                s10, s11, s12, s13, s14, s15, s16, s17);
        store(result, bias, biased, relu, target, group * lines, row + 2, lines, column, columns / 2, plane,
                s20, s21, s22, s23, s24, s25, s26, s27);
        store(result, bias, biased, relu, target, group * lines, row + 3, lines, column, columns / 2, plane,
                s30, s31, s32, s33, s34, s35, s36, s37);
        store(result, bias, biased, relu, target, group * lines, row + rows / 2, lines, column, columns / 2, plane,
                s40, s41, s42, s43, s44, s45, s46, s47);
        store(result, bias, biased, relu, target, group * lines, row + rows / 2 + 1, lines, column, columns / 2, plane,
                s50, s51, s52, s53, s54, s55, s56, s57);
        store(result, bias, biased, relu, target, group * lines, row + rows / 2 + 2, lines, column, columns / 2, plane,
                s60, s61, s62, s63, s64, s65, s66, s67);
        store(result, bias, biased, relu, target, group * lines, row + rows / 2 + 3, lines, column, columns / 2, plane,
                s70, s71, s72, s73, s74, s75, s76, s77);
    }

    /** The element of the first factor; 0 beyond its last row or term, of which that many are left, and not {@code whole} tiles. */
    static float element(FloatArray array, boolean whole, int rowsLeft, int termsLeft, int at) {
        int rest = whole ? termsLeft : rowsLeft | termsLeft;
        return rest >= 0 ? array.get(at) : 0;
    }

    /** Where a pixel lies in the padded image of which every {@code step}th row and column are there. */
    private static int pixel(int pixel, int images, int width, int step, int margin) {
        return (pixel / images / width * step - margin) * ROW + pixel / images % width * step - margin;
    }

    /** Where a tap lies in its filter's window, or with the sign of -1 how far back the window's corner lies. */
    private static int tap(int tap, int size, int sign) {
        return sign * (tap / size % size * ROW + tap % size);
    }

    /** How far a place that is no more than {@value #MOST_PIXELS} from the origin lies from it in an image. */
    private static int offset(int place, int width, int images) {
        int there = place + ORIGIN;
        return (((there >> 16) - (1 << 14)) * width + (there & 0xFFFF) - (1 << 14)) * images;
    }

    /**
     * The element of an image at a place, 0 beyond it; with a step above 1 also where neither row nor column is a multiple of it.
     *
     * @param offset where the element lies; with a step above 1, that of the image
     */
    private static float gathered(FloatArray array, int height, int width, int images, int step, int place, int offset) {
        int last = 2 * ORIGIN + (height - 1) * step * ROW + (width - 1) * step;
        // Neither above nor left of the image, and neither below nor right of it.
        boolean within = (place & last - place & ORIGIN) == ORIGIN;
        if (step == 1) {
            return within ? array.get(offset) : 0;
        }
        int y = (place >> 16) - (1 << 14);
        int x = (place & 0xFFFF) - (1 << 14);
        return within && y % step == 0 && x % step == 0 ? array.get(offset + (y / step * width + x / step) * images) : 0;
    }

    /** Stores eight sums of a row, if there is that row: four neighbours from {@code column} on, and four {@code half} a tile further. */
    static void store(FloatArray result, FloatArray bias, boolean biased, int relu, int target, int firstLine, int row,
                              int lines, int column, int half, int plane, float v0, float v1, float v2, float v3, float v4,
                              float v5, float v6, float v7) {
        if (row < lines) {
            int line = target + (firstLine + row) * plane;
            float shift = biased ? bias.get(firstLine + row) : 0;
            put(result, line, plane, column, shift, relu, v0);
            put(result, line, plane, column + 1, shift, relu, v1);
            put(result, line, plane, column + 2, shift, relu, v2);
            put(result, line, plane, column + 3, shift, relu, v3);
            put(result, line, plane, column + half, shift, relu, v4);
            put(result, line, plane, column + half + 1, shift, relu, v5);
            put(result, line, plane, column + half + 2, shift, relu, v6);
            put(result, line, plane, column + half + 3, shift, relu, v7);
        }
    }

    private static void put(FloatArray result, int line, int plane, int column, float shift, int relu, float value) {
        if (column < plane) {
            float sum = value + shift;
            result.set(line + column, relu != 0 && sum < 0 ? 0 : sum);
        }
    }

    /**
     * {@code result = bias + sum of the splits}, negative sums set to 0 where {@code relu} is 1.
     *
     * @param length elements of the result, and of each split in {@code parts}
     * @param plane  elements that have the same bias; more than {@code length} where there is none
     */
    static void addUp(int splits, int length, int plane, int relu, FloatArray parts, FloatArray bias, FloatArray result) {
        for (@Parallel int i = 0; i < length; i++) {
            float sum = plane <= length ? bias.get(i / plane) : 0;
            for (int split = 0; split < splits; split++) {
                sum += parts.get(split * length + i);
            }
            if (i == 0) {
                // Unchanged, but for TornadoVM also written here: what one task only writes and another only reads, it allocates in
                // OpenCL as memory that no kernel may read.
                parts.set(0, parts.get(0));
            }
            result.set(i, relu != 0 && sum < 0 ? 0 : sum);
        }
    }
}
