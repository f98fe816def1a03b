package alexnet.kernels.gpu;

import alexnet.kernels.WinogradTransform;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The transforms of {@link WinogradConvolution}: Bᵀ, G and Aᵀ of {@link alexnet.kernels.WinogradTransform#ofSeven} from both sides. A
 * work item transforms a tile of 7x7 points; its numbers are variables and not arrays, see {@link Product}.
 *
 * <p>Points are the outermost dimension of what is transformed: number i of point p is at {@code p * count + i}.
 *
 * <p>Seven points are three pairs p and -p and infinity. With the squares q and r of the others, the row of p in Bᵀ is that of the
 * coefficients of {@code (x² - q)(x² - r)(x + p)}: even and odd powers need to be added up once a pair. So it is with G and Aᵀ.
 */
final class WinogradKernels {

    // Constants that javac folds: TornadoVM finds no values of fields that are set when the program runs.
    private static final double FIRST = WinogradTransform.FIRST * WinogradTransform.FIRST;
    private static final double SECOND = WinogradTransform.SECOND * WinogradTransform.SECOND;
    private static final double THIRD = WinogradTransform.THIRD * WinogradTransform.THIRD;
    private static final float P0 = (float) WinogradTransform.FIRST;
    private static final float P1 = (float) WinogradTransform.SECOND;
    private static final float P2 = (float) WinogradTransform.THIRD;
    /** Squares of the points. */
    private static final float S0 = (float) FIRST;
    private static final float S1 = (float) SECOND;
    private static final float S2 = (float) THIRD;
    /** The product of a point's distances from the others. */
    private static final float D0 = (float) (2 * WinogradTransform.FIRST * (FIRST - SECOND) * (FIRST - THIRD));
    private static final float D1 = (float) (2 * WinogradTransform.SECOND * (SECOND - FIRST) * (SECOND - THIRD));
    private static final float D2 = (float) (2 * WinogradTransform.THIRD * (THIRD - FIRST) * (THIRD - SECOND));

    private WinogradKernels() {
    }

    /**
     * {@code Bᵀ d B} of tiles of a map that overlap, zeros around it: number {@code ((channel * tileRows + row) * tileColumns + column) *
     * images + image} of each point.
     *
     * @param step   rows and columns from a tile to the next
     * @param target where the first goes in the workspace
     */
    static void transformInput(int channels, int height, int width, int images, int padding, int step, int tileRows, int tileColumns,
                               int target, FloatArray map, FloatArray workspace) {
        int count = channels * tileRows * tileColumns * images;
        for (@Parallel int i = 0; i < count; i++) {
            int tile = i / images;
            int channel = tile / (tileRows * tileColumns);
            int y = tile / tileColumns % tileRows * step - padding;
            int x = tile % tileColumns * step - padding;
            int plane = channel * height * width * images + i % images;
            int line = width * images;
            int to = target + i;
            int row0 = place(y, height, line);
            int row1 = place(y + 1, height, line);
            int row2 = place(y + 2, height, line);
            int row3 = place(y + 3, height, line);
            int row4 = place(y + 4, height, line);
            int row5 = place(y + 5, height, line);
            int row6 = place(y + 6, height, line);
            int column0 = place(x, width, images);
            int column1 = place(x + 1, width, images);
            int column2 = place(x + 2, width, images);
            int column3 = place(x + 3, width, images);
            int column4 = place(x + 4, width, images);
            int column5 = place(x + 5, width, images);
            int column6 = place(x + 6, width, images);
            float x00 = at(map, plane, row0, column0), x10 = at(map, plane, row1, column0), x20 = at(map, plane, row2, column0),
                    x30 = at(map, plane, row3, column0), x40 = at(map, plane, row4, column0), x50 = at(map, plane, row5, column0),
                    x60 = at(map, plane, row6, column0);
            float t00 = input(0, x00, x10, x20, x30, x40, x50, x60);
            float t10 = input(1, x00, x10, x20, x30, x40, x50, x60);
            float t20 = input(2, x00, x10, x20, x30, x40, x50, x60);
            float t30 = input(3, x00, x10, x20, x30, x40, x50, x60);
            float t40 = input(4, x00, x10, x20, x30, x40, x50, x60);
            float t50 = input(5, x00, x10, x20, x30, x40, x50, x60);
            float t60 = input(6, x00, x10, x20, x30, x40, x50, x60);
            float x01 = at(map, plane, row0, column1), x11 = at(map, plane, row1, column1), x21 = at(map, plane, row2, column1),
                    x31 = at(map, plane, row3, column1), x41 = at(map, plane, row4, column1), x51 = at(map, plane, row5, column1),
                    x61 = at(map, plane, row6, column1);
            float t01 = input(0, x01, x11, x21, x31, x41, x51, x61);
            float t11 = input(1, x01, x11, x21, x31, x41, x51, x61);
            float t21 = input(2, x01, x11, x21, x31, x41, x51, x61);
            float t31 = input(3, x01, x11, x21, x31, x41, x51, x61);
            float t41 = input(4, x01, x11, x21, x31, x41, x51, x61);
            float t51 = input(5, x01, x11, x21, x31, x41, x51, x61);
            float t61 = input(6, x01, x11, x21, x31, x41, x51, x61);
            float x02 = at(map, plane, row0, column2), x12 = at(map, plane, row1, column2), x22 = at(map, plane, row2, column2),
                    x32 = at(map, plane, row3, column2), x42 = at(map, plane, row4, column2), x52 = at(map, plane, row5, column2),
                    x62 = at(map, plane, row6, column2);
            float t02 = input(0, x02, x12, x22, x32, x42, x52, x62);
            float t12 = input(1, x02, x12, x22, x32, x42, x52, x62);
            float t22 = input(2, x02, x12, x22, x32, x42, x52, x62);
            float t32 = input(3, x02, x12, x22, x32, x42, x52, x62);
            float t42 = input(4, x02, x12, x22, x32, x42, x52, x62);
            float t52 = input(5, x02, x12, x22, x32, x42, x52, x62);
            float t62 = input(6, x02, x12, x22, x32, x42, x52, x62);
            float x03 = at(map, plane, row0, column3), x13 = at(map, plane, row1, column3), x23 = at(map, plane, row2, column3),
                    x33 = at(map, plane, row3, column3), x43 = at(map, plane, row4, column3), x53 = at(map, plane, row5, column3),
                    x63 = at(map, plane, row6, column3);
            float t03 = input(0, x03, x13, x23, x33, x43, x53, x63);
            float t13 = input(1, x03, x13, x23, x33, x43, x53, x63);
            float t23 = input(2, x03, x13, x23, x33, x43, x53, x63);
            float t33 = input(3, x03, x13, x23, x33, x43, x53, x63);
            float t43 = input(4, x03, x13, x23, x33, x43, x53, x63);
            float t53 = input(5, x03, x13, x23, x33, x43, x53, x63);
            float t63 = input(6, x03, x13, x23, x33, x43, x53, x63);
            float x04 = at(map, plane, row0, column4), x14 = at(map, plane, row1, column4), x24 = at(map, plane, row2, column4),
                    x34 = at(map, plane, row3, column4), x44 = at(map, plane, row4, column4), x54 = at(map, plane, row5, column4),
                    x64 = at(map, plane, row6, column4);
            float t04 = input(0, x04, x14, x24, x34, x44, x54, x64);
            float t14 = input(1, x04, x14, x24, x34, x44, x54, x64);
            float t24 = input(2, x04, x14, x24, x34, x44, x54, x64);
            float t34 = input(3, x04, x14, x24, x34, x44, x54, x64);
            float t44 = input(4, x04, x14, x24, x34, x44, x54, x64);
            float t54 = input(5, x04, x14, x24, x34, x44, x54, x64);
            float t64 = input(6, x04, x14, x24, x34, x44, x54, x64);
            float x05 = at(map, plane, row0, column5), x15 = at(map, plane, row1, column5), x25 = at(map, plane, row2, column5),
                    x35 = at(map, plane, row3, column5), x45 = at(map, plane, row4, column5), x55 = at(map, plane, row5, column5),
                    x65 = at(map, plane, row6, column5);
            float t05 = input(0, x05, x15, x25, x35, x45, x55, x65);
            float t15 = input(1, x05, x15, x25, x35, x45, x55, x65);
            float t25 = input(2, x05, x15, x25, x35, x45, x55, x65);
            float t35 = input(3, x05, x15, x25, x35, x45, x55, x65);
            float t45 = input(4, x05, x15, x25, x35, x45, x55, x65);
            float t55 = input(5, x05, x15, x25, x35, x45, x55, x65);
            float t65 = input(6, x05, x15, x25, x35, x45, x55, x65);
            float x06 = at(map, plane, row0, column6), x16 = at(map, plane, row1, column6), x26 = at(map, plane, row2, column6),
                    x36 = at(map, plane, row3, column6), x46 = at(map, plane, row4, column6), x56 = at(map, plane, row5, column6),
                    x66 = at(map, plane, row6, column6);
            float t06 = input(0, x06, x16, x26, x36, x46, x56, x66);
            float t16 = input(1, x06, x16, x26, x36, x46, x56, x66);
            float t26 = input(2, x06, x16, x26, x36, x46, x56, x66);
            float t36 = input(3, x06, x16, x26, x36, x46, x56, x66);
            float t46 = input(4, x06, x16, x26, x36, x46, x56, x66);
            float t56 = input(5, x06, x16, x26, x36, x46, x56, x66);
            float t66 = input(6, x06, x16, x26, x36, x46, x56, x66);
            putInputs(workspace, to, count, t00, t01, t02, t03, t04, t05, t06);
            putInputs(workspace, to + 7 * count, count, t10, t11, t12, t13, t14, t15, t16);
            putInputs(workspace, to + 14 * count, count, t20, t21, t22, t23, t24, t25, t26);
            putInputs(workspace, to + 21 * count, count, t30, t31, t32, t33, t34, t35, t36);
            putInputs(workspace, to + 28 * count, count, t40, t41, t42, t43, t44, t45, t46);
            putInputs(workspace, to + 35 * count, count, t50, t51, t52, t53, t54, t55, t56);
            putInputs(workspace, to + 42 * count, count, t60, t61, t62, t63, t64, t65, t66);
        }
    }

    /**
     * {@code G g Gᵀ} of filters, or of the tiles of an output's gradient, which are the filters of the gradient by the weights.
     *
     * @param size     rows and columns of a filter or a tile
     * @param filters  filters in a group, or channels of the map; for the gradient by the input the filters that are summed up
     * @param channels channels in a group; 0 where the values are a map
     * @param turned   1 to turn filters by half a turn and exchange them and channels, as the gradient by the input needs them
     * @param count    filters or tiles in all
     * @param target   where the first goes in the workspace: {@code [group][channel][filter]}, or turned {@code [group][filter][channel]},
     *                 or of a map as {@link #transformInput} does
     */
    static void transformFilters(int size, int filters, int channels, int turned, int height, int width, int images, int tileRows,
                                 int tileColumns, int count, int target, FloatArray values, FloatArray workspace) {
        for (@Parallel int i = 0; i < count; i++) {
            int to = target + i;
            int from;
            int rowStep = turned == 1 ? -size : size;
            int columnStep = turned == 1 ? -1 : 1;
            int rows = size;
            int columns = size;
            if (channels == 0) {
                int tile = i / images;
                int y = tile / tileColumns % tileRows * size;
                int x = tile % tileColumns * size;
                from = ((tile / (tileRows * tileColumns) * height + y) * width + x) * images + i % images;
                rowStep = width * images;
                columnStep = images;
                rows = height - y;
                columns = width - x;
            } else {
                int filter = turned == 1 ? i / channels % filters : i % filters;
                int channel = turned == 1 ? i % channels : i / filters % channels;
                from = ((i / (filters * channels) * filters + filter) * channels + channel) * size * size + turned * (size * size - 1);
            }
            float g00 = part(values, from, size, rowStep, columnStep, rows, columns, 0, 0);
            float g10 = part(values, from, size, rowStep, columnStep, rows, columns, 1, 0);
            float g20 = part(values, from, size, rowStep, columnStep, rows, columns, 2, 0);
            float g30 = part(values, from, size, rowStep, columnStep, rows, columns, 3, 0);
            float g40 = part(values, from, size, rowStep, columnStep, rows, columns, 4, 0);
            float t00 = filter(0, size, g00, g10, g20, g30, g40);
            float t10 = filter(1, size, g00, g10, g20, g30, g40);
            float t20 = filter(2, size, g00, g10, g20, g30, g40);
            float t30 = filter(3, size, g00, g10, g20, g30, g40);
            float t40 = filter(4, size, g00, g10, g20, g30, g40);
            float t50 = filter(5, size, g00, g10, g20, g30, g40);
            float t60 = filter(6, size, g00, g10, g20, g30, g40);
            float g01 = part(values, from, size, rowStep, columnStep, rows, columns, 0, 1);
            float g11 = part(values, from, size, rowStep, columnStep, rows, columns, 1, 1);
            float g21 = part(values, from, size, rowStep, columnStep, rows, columns, 2, 1);
            float g31 = part(values, from, size, rowStep, columnStep, rows, columns, 3, 1);
            float g41 = part(values, from, size, rowStep, columnStep, rows, columns, 4, 1);
            float t01 = filter(0, size, g01, g11, g21, g31, g41);
            float t11 = filter(1, size, g01, g11, g21, g31, g41);
            float t21 = filter(2, size, g01, g11, g21, g31, g41);
            float t31 = filter(3, size, g01, g11, g21, g31, g41);
            float t41 = filter(4, size, g01, g11, g21, g31, g41);
            float t51 = filter(5, size, g01, g11, g21, g31, g41);
            float t61 = filter(6, size, g01, g11, g21, g31, g41);
            float g02 = part(values, from, size, rowStep, columnStep, rows, columns, 0, 2);
            float g12 = part(values, from, size, rowStep, columnStep, rows, columns, 1, 2);
            float g22 = part(values, from, size, rowStep, columnStep, rows, columns, 2, 2);
            float g32 = part(values, from, size, rowStep, columnStep, rows, columns, 3, 2);
            float g42 = part(values, from, size, rowStep, columnStep, rows, columns, 4, 2);
            float t02 = filter(0, size, g02, g12, g22, g32, g42);
            float t12 = filter(1, size, g02, g12, g22, g32, g42);
            float t22 = filter(2, size, g02, g12, g22, g32, g42);
            float t32 = filter(3, size, g02, g12, g22, g32, g42);
            float t42 = filter(4, size, g02, g12, g22, g32, g42);
            float t52 = filter(5, size, g02, g12, g22, g32, g42);
            float t62 = filter(6, size, g02, g12, g22, g32, g42);
            float g03 = part(values, from, size, rowStep, columnStep, rows, columns, 0, 3);
            float g13 = part(values, from, size, rowStep, columnStep, rows, columns, 1, 3);
            float g23 = part(values, from, size, rowStep, columnStep, rows, columns, 2, 3);
            float g33 = part(values, from, size, rowStep, columnStep, rows, columns, 3, 3);
            float g43 = part(values, from, size, rowStep, columnStep, rows, columns, 4, 3);
            float t03 = filter(0, size, g03, g13, g23, g33, g43);
            float t13 = filter(1, size, g03, g13, g23, g33, g43);
            float t23 = filter(2, size, g03, g13, g23, g33, g43);
            float t33 = filter(3, size, g03, g13, g23, g33, g43);
            float t43 = filter(4, size, g03, g13, g23, g33, g43);
            float t53 = filter(5, size, g03, g13, g23, g33, g43);
            float t63 = filter(6, size, g03, g13, g23, g33, g43);
            float g04 = part(values, from, size, rowStep, columnStep, rows, columns, 0, 4);
            float g14 = part(values, from, size, rowStep, columnStep, rows, columns, 1, 4);
            float g24 = part(values, from, size, rowStep, columnStep, rows, columns, 2, 4);
            float g34 = part(values, from, size, rowStep, columnStep, rows, columns, 3, 4);
            float g44 = part(values, from, size, rowStep, columnStep, rows, columns, 4, 4);
            float t04 = filter(0, size, g04, g14, g24, g34, g44);
            float t14 = filter(1, size, g04, g14, g24, g34, g44);
            float t24 = filter(2, size, g04, g14, g24, g34, g44);
            float t34 = filter(3, size, g04, g14, g24, g34, g44);
            float t44 = filter(4, size, g04, g14, g24, g34, g44);
            float t54 = filter(5, size, g04, g14, g24, g34, g44);
            float t64 = filter(6, size, g04, g14, g24, g34, g44);
            putFilters(workspace, to, count, size, t00, t01, t02, t03, t04);
            putFilters(workspace, to + 7 * count, count, size, t10, t11, t12, t13, t14);
            putFilters(workspace, to + 14 * count, count, size, t20, t21, t22, t23, t24);
            putFilters(workspace, to + 21 * count, count, size, t30, t31, t32, t33, t34);
            putFilters(workspace, to + 28 * count, count, size, t40, t41, t42, t43, t44);
            putFilters(workspace, to + 35 * count, count, size, t50, t51, t52, t53, t54);
            putFilters(workspace, to + 42 * count, count, size, t60, t61, t62, t63, t64);
        }
    }

    /**
     * {@code Aᵀ M A}: {@code outputs} x {@code outputs} results of each tile of points, as far as there are so many in the map, or all of
     * them, a filter's gradient.
     *
     * @param outputs rows and columns of a tile's results
     * @param planes  channels of the map; 0 where the values are filters
     * @param count   tiles or filters in all
     * @param source  where the first begins in the workspace
     * @param biased  1 where a bias is added for each plane
     * @param relu    1 where negative results become 0; a NaN stays one
     */
    static void transformOutput(int outputs, int planes, int height, int width, int images, int tileRows, int tileColumns, int count,
                                int source, int biased, int relu, FloatArray workspace, FloatArray bias, FloatArray values) {
        for (@Parallel int i = 0; i < count; i++) {
            int first = source + i;
            int into = i * outputs * outputs;
            int rowStep = outputs;
            int columnStep = 1;
            int rows = outputs;
            int columns = outputs;
            float shift = 0;
            if (planes > 0) {
                int tile = i / images;
                int plane = tile / (tileRows * tileColumns);
                int y = tile / tileColumns % tileRows * outputs;
                int x = tile % tileColumns * outputs;
                into = ((plane * height + y) * width + x) * images + i % images;
                rowStep = width * images;
                columnStep = images;
                rows = height - y;
                columns = width - x;
                if (biased == 1) {
                    shift = bias.get(plane);
                }
            }
            float m00 = workspace.get(first);
            float m10 = workspace.get(first + 7 * count);
            float m20 = workspace.get(first + 14 * count);
            float m30 = workspace.get(first + 21 * count);
            float m40 = workspace.get(first + 28 * count);
            float m50 = workspace.get(first + 35 * count);
            float m60 = workspace.get(first + 42 * count);
            float t00 = output(0, outputs, m00, m10, m20, m30, m40, m50, m60);
            float t10 = output(1, outputs, m00, m10, m20, m30, m40, m50, m60);
            float t20 = output(2, outputs, m00, m10, m20, m30, m40, m50, m60);
            float t30 = output(3, outputs, m00, m10, m20, m30, m40, m50, m60);
            float t40 = output(4, outputs, m00, m10, m20, m30, m40, m50, m60);
            float m01 = workspace.get(first + 1 * count);
            float m11 = workspace.get(first + 8 * count);
            float m21 = workspace.get(first + 15 * count);
            float m31 = workspace.get(first + 22 * count);
            float m41 = workspace.get(first + 29 * count);
            float m51 = workspace.get(first + 36 * count);
            float m61 = workspace.get(first + 43 * count);
            float t01 = output(0, outputs, m01, m11, m21, m31, m41, m51, m61);
            float t11 = output(1, outputs, m01, m11, m21, m31, m41, m51, m61);
            float t21 = output(2, outputs, m01, m11, m21, m31, m41, m51, m61);
            float t31 = output(3, outputs, m01, m11, m21, m31, m41, m51, m61);
            float t41 = output(4, outputs, m01, m11, m21, m31, m41, m51, m61);
            float m02 = workspace.get(first + 2 * count);
            float m12 = workspace.get(first + 9 * count);
            float m22 = workspace.get(first + 16 * count);
            float m32 = workspace.get(first + 23 * count);
            float m42 = workspace.get(first + 30 * count);
            float m52 = workspace.get(first + 37 * count);
            float m62 = workspace.get(first + 44 * count);
            float t02 = output(0, outputs, m02, m12, m22, m32, m42, m52, m62);
            float t12 = output(1, outputs, m02, m12, m22, m32, m42, m52, m62);
            float t22 = output(2, outputs, m02, m12, m22, m32, m42, m52, m62);
            float t32 = output(3, outputs, m02, m12, m22, m32, m42, m52, m62);
            float t42 = output(4, outputs, m02, m12, m22, m32, m42, m52, m62);
            float m03 = workspace.get(first + 3 * count);
            float m13 = workspace.get(first + 10 * count);
            float m23 = workspace.get(first + 17 * count);
            float m33 = workspace.get(first + 24 * count);
            float m43 = workspace.get(first + 31 * count);
            float m53 = workspace.get(first + 38 * count);
            float m63 = workspace.get(first + 45 * count);
            float t03 = output(0, outputs, m03, m13, m23, m33, m43, m53, m63);
            float t13 = output(1, outputs, m03, m13, m23, m33, m43, m53, m63);
            float t23 = output(2, outputs, m03, m13, m23, m33, m43, m53, m63);
            float t33 = output(3, outputs, m03, m13, m23, m33, m43, m53, m63);
            float t43 = output(4, outputs, m03, m13, m23, m33, m43, m53, m63);
            float m04 = workspace.get(first + 4 * count);
            float m14 = workspace.get(first + 11 * count);
            float m24 = workspace.get(first + 18 * count);
            float m34 = workspace.get(first + 25 * count);
            float m44 = workspace.get(first + 32 * count);
            float m54 = workspace.get(first + 39 * count);
            float m64 = workspace.get(first + 46 * count);
            float t04 = output(0, outputs, m04, m14, m24, m34, m44, m54, m64);
            float t14 = output(1, outputs, m04, m14, m24, m34, m44, m54, m64);
            float t24 = output(2, outputs, m04, m14, m24, m34, m44, m54, m64);
            float t34 = output(3, outputs, m04, m14, m24, m34, m44, m54, m64);
            float t44 = output(4, outputs, m04, m14, m24, m34, m44, m54, m64);
            float m05 = workspace.get(first + 5 * count);
            float m15 = workspace.get(first + 12 * count);
            float m25 = workspace.get(first + 19 * count);
            float m35 = workspace.get(first + 26 * count);
            float m45 = workspace.get(first + 33 * count);
            float m55 = workspace.get(first + 40 * count);
            float m65 = workspace.get(first + 47 * count);
            float t05 = output(0, outputs, m05, m15, m25, m35, m45, m55, m65);
            float t15 = output(1, outputs, m05, m15, m25, m35, m45, m55, m65);
            float t25 = output(2, outputs, m05, m15, m25, m35, m45, m55, m65);
            float t35 = output(3, outputs, m05, m15, m25, m35, m45, m55, m65);
            float t45 = output(4, outputs, m05, m15, m25, m35, m45, m55, m65);
            float m06 = workspace.get(first + 6 * count);
            float m16 = workspace.get(first + 13 * count);
            float m26 = workspace.get(first + 20 * count);
            float m36 = workspace.get(first + 27 * count);
            float m46 = workspace.get(first + 34 * count);
            float m56 = workspace.get(first + 41 * count);
            float m66 = workspace.get(first + 48 * count);
            float t06 = output(0, outputs, m06, m16, m26, m36, m46, m56, m66);
            float t16 = output(1, outputs, m06, m16, m26, m36, m46, m56, m66);
            float t26 = output(2, outputs, m06, m16, m26, m36, m46, m56, m66);
            float t36 = output(3, outputs, m06, m16, m26, m36, m46, m56, m66);
            float t46 = output(4, outputs, m06, m16, m26, m36, m46, m56, m66);
            putOutputs(values, into, columnStep, rows > 0 ? columns : 0, outputs, shift, relu, t00, t01, t02, t03, t04, t05, t06);
            putOutputs(values, into + 1 * rowStep, columnStep, rows > 1 ? columns : 0, outputs, shift, relu, t10, t11, t12, t13, t14, t15, t16);
            putOutputs(values, into + 2 * rowStep, columnStep, rows > 2 ? columns : 0, outputs, shift, relu, t20, t21, t22, t23, t24, t25, t26);
            putOutputs(values, into + 3 * rowStep, columnStep, outputs > 3 && rows > 3 ? columns : 0, outputs, shift, relu, t30, t31, t32, t33, t34, t35, t36);
            putOutputs(values, into + 4 * rowStep, columnStep, outputs > 4 && rows > 4 ? columns : 0, outputs, shift, relu, t40, t41, t42, t43, t44, t45, t46);
        }
    }

    /** Adds up the splits of sums, in place. */
    static void addUp(int splits, int length, int source, FloatArray workspace) {
        for (@Parallel int i = 0; i < length; i++) {
            float sum = workspace.get(source + i);
            for (int split = 1; split < splits; split++) {
                sum += workspace.get(source + split * length + i);
            }
            workspace.set(source + i, sum);
        }
    }

    /** How far a row or column lies from the first; -1 if it is not there. */
    private static int place(int index, int extent, int step) {
        return index >= 0 && index < extent ? index * step : -1;
    }

    /** An element of a plane, 0 beyond it. It is loaded from somewhere in any case, so that loads need not wait for conditions. */
    private static float at(FloatArray map, int plane, int row, int column) {
        float value = map.get(plane + Math.max(row, 0) + Math.max(column, 0));
        return (row | column) >= 0 ? value : 0;
    }

    /** An element of a filter or of a tile of a map, 0 beyond it. */
    private static float part(FloatArray values, int from, int size, int rowStep, int columnStep, int rows, int columns, int row, int column) {
        return row < size && column < size && row < rows && column < columns ? values.get(from + row * rowStep + column * columnStep) : 0;
    }

    /** A row of Bᵀ times a tile's column. */
    private static float input(int point, float x0, float x1, float x2, float x3, float x4, float x5, float x6) {
        if (point == 6) {
            return x6 - (S0 + S1 + S2) * x4 + (S0 * S1 + S0 * S2 + S1 * S2) * x2 - S0 * S1 * S2 * x0;
        }
        float p = point < 2 ? P0 : point < 4 ? P1 : P2;
        float one = point < 2 ? S1 : S0;
        float other = point < 4 ? S2 : S1;
        float even = one * other * x0 - (one + other) * x2 + x4;
        float odd = one * other * x1 - (one + other) * x3 + x5;
        return point % 2 == 0 ? odd + p * even : odd - p * even;
    }

    private static void putInputs(FloatArray workspace, int to, int count, float x0, float x1, float x2, float x3, float x4, float x5,
                                  float x6) {
        workspace.set(to, input(0, x0, x1, x2, x3, x4, x5, x6));
        workspace.set(to + 1 * count, input(1, x0, x1, x2, x3, x4, x5, x6));
        workspace.set(to + 2 * count, input(2, x0, x1, x2, x3, x4, x5, x6));
        workspace.set(to + 3 * count, input(3, x0, x1, x2, x3, x4, x5, x6));
        workspace.set(to + 4 * count, input(4, x0, x1, x2, x3, x4, x5, x6));
        workspace.set(to + 5 * count, input(5, x0, x1, x2, x3, x4, x5, x6));
        workspace.set(to + 6 * count, input(6, x0, x1, x2, x3, x4, x5, x6));
    }

    /** A row of G times a filter's column, of which {@code size} are there. */
    private static float filter(int point, int size, float g0, float g1, float g2, float g3, float g4) {
        if (point == 6) {
            return size == 3 ? g2 : g4;
        }
        float p = point < 2 ? P0 : point < 4 ? P1 : P2;
        float square = point < 2 ? S0 : point < 4 ? S1 : S2;
        float scale = 1 / (point < 2 ? D0 : point < 4 ? D1 : D2);
        float even = size == 3 ? g0 + square * g2 : g0 + square * (g2 + square * g4);
        float odd = size == 3 ? p * g1 : p * (g1 + square * g3);
        return point % 2 == 0 ? scale * (odd + even) : scale * (odd - even);
    }

    private static void putFilters(FloatArray workspace, int to, int count, int size, float g0, float g1, float g2, float g3, float g4) {
        workspace.set(to, filter(0, size, g0, g1, g2, g3, g4));
        workspace.set(to + 1 * count, filter(1, size, g0, g1, g2, g3, g4));
        workspace.set(to + 2 * count, filter(2, size, g0, g1, g2, g3, g4));
        workspace.set(to + 3 * count, filter(3, size, g0, g1, g2, g3, g4));
        workspace.set(to + 4 * count, filter(4, size, g0, g1, g2, g3, g4));
        workspace.set(to + 5 * count, filter(5, size, g0, g1, g2, g3, g4));
        workspace.set(to + 6 * count, filter(6, size, g0, g1, g2, g3, g4));
    }

    /** A row of Aᵀ times a column of points. */
    private static float output(int row, int outputs, float m0, float m1, float m2, float m3, float m4, float m5, float m6) {
        float w0 = row < 2 ? 1 : row < 4 ? S0 : S0 * S0;
        float w1 = row < 2 ? 1 : row < 4 ? S1 : S1 * S1;
        float w2 = row < 2 ? 1 : row < 4 ? S2 : S2 * S2;
        float sum = row % 2 == 0 ? w0 * (m0 + m1) + w1 * (m2 + m3) + w2 * (m4 + m5)
                : w0 * P0 * (m0 - m1) + w1 * P1 * (m2 - m3) + w2 * P2 * (m4 - m5);
        return row == outputs - 1 ? sum + m6 : sum;
    }

    private static void putOutputs(FloatArray values, int into, int step, int columns, int outputs, float shift, int relu, float m0,
                                   float m1, float m2, float m3, float m4, float m5, float m6) {
        putOutput(values, into, columns > 0, relu, output(0, outputs, m0, m1, m2, m3, m4, m5, m6) + shift);
        putOutput(values, into + 1 * step, columns > 1 && outputs > 1, relu, output(1, outputs, m0, m1, m2, m3, m4, m5, m6) + shift);
        putOutput(values, into + 2 * step, columns > 2 && outputs > 2, relu, output(2, outputs, m0, m1, m2, m3, m4, m5, m6) + shift);
        putOutput(values, into + 3 * step, columns > 3 && outputs > 3, relu, output(3, outputs, m0, m1, m2, m3, m4, m5, m6) + shift);
        putOutput(values, into + 4 * step, columns > 4 && outputs > 4, relu, output(4, outputs, m0, m1, m2, m3, m4, m5, m6) + shift);
    }

    private static void putOutput(FloatArray values, int into, boolean there, int relu, float sum) {
        if (there) {
            values.set(into, relu == 1 && sum < 0 ? 0 : sum);
        }
    }
}
