package alexnet.core.data.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

import alexnet.core.data.Preprocessing;

/**
 * Scales an image to a given size: both sides each by itself, or with its proportions until it just covers the size, of which the
 * centre is kept (paper, section 2).
 *
 * <p>The filter is bilinear and antialiased: a triangle as wide as the pixels that fall into one, applied along rows,
 * rounded to 8 bits, then along columns. Sizes, filter, fixed-point arithmetic and rounding are those of Pillow's
 * {@code BILINEAR} with torchvision's {@code Resize} and, where proportions are kept, {@code CenterCrop}, so that a model sees the same bytes there.
 */
public final class Resampler {

    /** Bits behind the binary point of a weight: 8 bits of sample and 2 of headroom complete an int. */
    private static final int FRACTION_BITS = 32 - 8 - 2;

    private Resampler() {
    }

    /**
     * Writes a scaled and cropped image; a grey one is repeated when more than one channel is asked for.
     *
     * @param pixels receives {@code [channels][height][width]}
     */
    public static void fit(DecodedImage image, int channels, Preprocessing preprocessing, MemorySegment pixels) {
        try (Workspace workspace = Workspace.take()) {
            fit(image, channels, preprocessing, pixels, workspace);
        }
    }

    static void fit(DecodedImage image, int channels, Preprocessing preprocessing, MemorySegment pixels, Workspace workspace) {
        int height = preprocessing.size().height();
        int width = preprocessing.size().width();
        Extent extent = image.extent();
        Scaling scaling = Scaling.of(extent.height(), extent.width(), preprocessing);
        if (extent.equals(Extent.whole(height, width))) {
            for (int channel = 0; channel < channels; channel++) {
                MemorySegment.copy(image.pixels(), Math.min(channel, image.channels() - 1) * image.area(), pixels, ValueLayout.JAVA_BYTE,
                        (long) channel * image.area(), image.area());
            }
            return;
        }
        Taps columns = Taps.of(image.width(), extent.left(image.width()), extent.columns(), scaling.scaledWidth(), width);
        Taps rows = Taps.of(image.height(), extent.top(image.height()), extent.rows(), scaling.scaledHeight(), height);
        int area = Math.multiplyExact(height, width);
        byte[] plane = workspace.plane(area);
        for (int channel = 0; channel < channels; channel++) {
            if (channel < image.channels()) {
                resample(image, channel, rows, columns, workspace, plane);
            }
            MemorySegment.copy(plane, 0, pixels, ValueLayout.JAVA_BYTE, (long) channel * area, area);
        }
    }

    private static void resample(DecodedImage image, int channel, Taps rows, Taps columns, Workspace workspace, byte[] output) {
        int width = columns.count();
        int firstRow = rows.first[0];
        int neededRows = rows.end(rows.count() - 1) - firstRow;
        byte[] narrowed = workspace.narrowed(Math.multiplyExact(neededRows, width));
        for (int row = 0; row < neededRows; row++) {
            int source = channel * image.area() + (firstRow + row) * image.width();
            for (int column = 0; column < width; column++) {
                int sum = 1 << FRACTION_BITS - 1;
                int from = source + columns.first[column];
                int[] weights = columns.weights[column];
                for (int tap = 0; tap < weights.length; tap++) {
                    sum += (image.pixels()[from + tap] & 0xFF) * weights[tap];
                }
                narrowed[row * width + column] = (byte) (sum >> FRACTION_BITS);
            }
        }
        int[] sums = workspace.ints(width);
        for (int row = 0; row < rows.count(); row++) {
            Arrays.fill(sums, 0, width, 1 << FRACTION_BITS - 1);
            int[] weights = rows.weights[row];
            for (int tap = 0; tap < weights.length; tap++) {
                int source = (rows.first[row] - firstRow + tap) * width;
                int weight = weights[tap];
                for (int column = 0; column < width; column++) {
                    sums[column] += (narrowed[source + column] & 0xFF) * weight;
                }
            }
            for (int column = 0; column < width; column++) {
                output[row * width + column] = (byte) (sums[column] >> FRACTION_BITS);
            }
        }
    }

    /**
     * The input samples that make each output sample along one axis, and their weights, which are positive and sum to
     * about one: no sum leaves 0 to 255.
     */
    private record Taps(int[] first, int[][] weights) {

        /**
         * The central {@code count} of {@code scaled} outputs.
         *
         * @param input  samples that there are
         * @param start  where among them begins what is scaled
         * @param extent how many of them it fills
         */
        static Taps of(int input, double start, double extent, long scaled, int count) {
            double scale = extent / scaled;
            double support = Math.max(1, scale);
            // Half a pixel goes to the even side, as in torchvision's CenterCrop.
            long offset = (long) Math.rint((scaled - count) / 2.0);
            var taps = new Taps(new int[count], new int[count][]);
            for (int i = 0; i < count; i++) {
                double centre = start + (offset + i + 0.5) * scale;
                int begin = Math.max(0, (int) (centre - support + 0.5));
                int end = Math.min(input, (int) (centre + support + 0.5));
                double[] triangle = new double[end - begin];
                double sum = 0;
                for (int tap = 0; tap < triangle.length; tap++) {
                    triangle[tap] = Math.max(0, 1 - Math.abs((begin + tap - centre + 0.5) / support));
                    sum += triangle[tap];
                }
                taps.first[i] = begin;
                taps.weights[i] = new int[triangle.length];
                for (int tap = 0; tap < triangle.length; tap++) {
                    taps.weights[i][tap] = (int) (triangle[tap] / sum * (1 << FRACTION_BITS) + 0.5);
                }
            }
            return taps;
        }

        int count() {
            return first.length;
        }

        int end(int output) {
            return first[output] + weights[output].length;
        }
    }
}
