package alexnet.kernels.reference;

import java.util.stream.IntStream;

import alexnet.kernels.WinogradTransform;

/**
 * What the passes of a convolution are for minimal filtering: sums over channels of correlations at stride 1, and of their
 * gradients by the filters, tile by tile. Arrays are padded by zeros to whole tiles.
 *
 * @param transform how a tile is computed
 * @param groups    groups of channels that do not see each other
 * @param channels  channels of a group
 * @param filters   filters of a group
 * @param height    rows of the outputs
 * @param width     columns of the outputs
 * @param images    images
 */
record TiledCorrelation(WinogradTransform transform, int groups, int channels, int filters, int height, int width, int images) {

    /**
     * The squares of one array in the transformed domain.
     *
     * @param values     {@code [square][point][image]}
     * @param magnitudes the magnitudes of all that was added up
     * @param undefined  where something was not finite, which is taken for 0, {@code [square][image]}
     */
    private record Transformed(double[][] values, double[][] magnitudes, boolean[][] undefined) {

        Transformed(int count, int points, int images) {
            this(new double[count][points * images], new double[count][points * images], new boolean[count][images]);
        }

        boolean undefined(int first, int count, int image) {
            return IntStream.range(first, first + count).anyMatch(of -> undefined[of][image]);
        }
    }

    /** Rows and columns of a tile of outputs; where the filters are the result, what correlates is the outputs' gradient. */
    private int step(boolean gradient) {
        return gradient ? transform.size() : transform.outputs();
    }

    /** Rows that the input has with its padding. */
    int paddedRows(boolean gradient) {
        return padded(height, gradient);
    }

    /** Columns that the input has with its padding. */
    int paddedColumns(boolean gradient) {
        return padded(width, gradient);
    }

    private int padded(int length, boolean gradient) {
        return Math.ceilDiv(length, step(gradient)) * step(gradient) + transform.tile() - step(gradient);
    }

    /**
     * The outputs, {@code [groups * filters][height][width][images]}, and the errors of floats.
     *
     * @param input  {@code [groups * channels][paddedRows][paddedColumns][images]}
     * @param filter {@code [groups * filters][channels][size][size]}
     * @param bias   what is added at the end, {@code [groups * filters]}
     */
    WinogradReference.Result outputs(double[] input, double[] filter, double[] bias) {
        WinogradReference.Result result = new WinogradReference.Result(groups * filters * height * width * images);
        double[][] back = transform.output();
        int length = transform.size() * transform.size();
        for (int group = 0; group < groups; group++) {
            int firstFilter = group * filters;
            Transformed weights = transformed(transform.filter(), filters * channels, transform.size(), 1,
                    (of, element, _) -> filter[(firstFilter * channels + of) * length + element]);
            for (int top = 0; top < height; top += transform.outputs()) {
                for (int left = 0; left < width; left += transform.outputs()) {
                    Transformed tile = transformed(transform.input(), channels, transform.tile(), images,
                            window(input, group * channels, paddedRows(false), paddedColumns(false), top, left, transform.tile()));
                    int row = top;
                    int column = left;
                    IntStream.range(0, filters).parallel()
                            .forEach(f -> outputs(weights, f, tile, back, bias[firstFilter + f], new Target(result, firstFilter + f, row, column)));
                }
            }
        }
        return result;
    }

    /** Where the outputs of a tile go. */
    private record Target(WinogradReference.Result result, int filter, int top, int left) {
    }

    private void outputs(Transformed weights, int f, Transformed tile, double[][] back, double bias, Target target) {
        int points = transform.tile() * transform.tile();
        boolean undefinedFilter = weights.undefined(f * channels, channels, 0);
        for (int n = 0; n < images; n++) {
            boolean undefined = undefinedFilter || tile.undefined(0, channels, n);
            ProductSums sums = new ProductSums(transform, back);
            for (int c = 0; c < channels; c++) {
                int at = f * channels + c;
                for (int p = 0; p < points; p++) {
                    sums.add(p, weights.values[at][p], weights.magnitudes[at][p], tile.values[c][p * images + n], tile.magnitudes[c][p * images + n]);
                }
            }
            for (int y = target.top; y < Math.min(height, target.top + transform.outputs()); y++) {
                for (int x = target.left; x < Math.min(width, target.left + transform.outputs()); x++) {
                    sums.store(y - target.top, x - target.left, bias, undefined, target.result,
                            ((target.filter * height + y) * width + x) * images + n);
                }
            }
        }
    }

    /**
     * The gradient by the filters, {@code [groups * filters][channels][outputs][outputs]}, and the errors of floats.
     *
     * @param input          {@code [groups * channels][paddedRows][paddedColumns][images]}
     * @param outputGradient {@code [groups * filters][height][width][images]}
     */
    WinogradReference.Result filterGradient(double[] input, double[] outputGradient) {
        int size = transform.outputs();
        int step = transform.size();
        WinogradReference.Result result = new WinogradReference.Result(groups * filters * channels * size * size);
        for (int group = 0; group < groups; group++) {
            int first = group * filters;
            double[][] back = transform.output();
            ProductSums[] sums = IntStream.range(0, filters * channels).mapToObj(_ -> new ProductSums(transform, back))
                    .toArray(ProductSums[]::new);
            boolean[] undefined = new boolean[filters * channels];
            for (int top = 0; top < height; top += step) {
                for (int left = 0; left < width; left += step) {
                    Transformed gradients = transformed(transform.filter(), filters, step, images,
                            window(outputGradient, first, height, width, top, left, step));
                    Transformed tile = transformed(transform.input(), channels, transform.tile(), images,
                            window(input, group * channels, paddedRows(true), paddedColumns(true), top, left, transform.tile()));
                    IntStream.range(0, filters * channels).parallel()
                            .forEach(at -> undefined[at] |= add(sums[at], gradients, at / channels, tile, at % channels));
                }
            }
            for (int at = 0; at < sums.length; at++) {
                for (int tap = 0; tap < size * size; tap++) {
                    sums[at].store(tap / size, tap % size, 0, undefined[at], result, (first * channels + at) * size * size + tap);
                }
            }
        }
        return result;
    }

    private boolean add(ProductSums sums, Transformed gradients, int f, Transformed tile, int c) {
        for (int p = 0; p < transform.tile() * transform.tile(); p++) {
            for (int at = p * images; at < (p + 1) * images; at++) {
                sums.add(p, gradients.values[f][at], gradients.magnitudes[f][at], tile.values[c][at], tile.magnitudes[c][at]);
            }
        }
        return IntStream.range(0, images).anyMatch(n -> gradients.undefined[f][n] || tile.undefined[c][n]);
    }

    /** An element of a small square of one channel or filter. */
    private interface Element {
        double at(int of, int element, int image);
    }

    /** A square of an array of planes, zero beyond the array. */
    private Element window(double[] array, int first, int rows, int columns, int top, int left, int side) {
        return (of, element, image) -> {
            int row = top + element / side;
            int column = left + element % side;
            return row < rows && column < columns ? array[(((first + of) * rows + row) * columns + column) * images + image] : 0;
        };
    }

    /** {@code M x Mᵀ} of squares x, and {@code |M| |x| |Mᵀ|}. */
    private static Transformed transformed(double[][] matrix, int count, int side, int images, Element element) {
        int points = matrix.length * matrix.length;
        double[][] absolute = Squares.magnitudes(matrix);
        Transformed transformed = new Transformed(count, points, images);
        IntStream.range(0, count).parallel().forEach(of -> {
            double[] square = new double[side * side];
            for (int n = 0; n < images; n++) {
                for (int i = 0; i < square.length; i++) {
                    double value = element.at(of, i, n);
                    transformed.undefined[of][n] |= !Double.isFinite(value);
                    square[i] = Double.isFinite(value) ? value : 0;
                }
                double[] values = Squares.both(matrix, square);
                double[] magnitudes = Squares.both(absolute, Squares.magnitudes(square));
                for (int p = 0; p < points; p++) {
                    transformed.values[of][p * images + n] = values[p];
                    transformed.magnitudes[of][p * images + n] = magnitudes[p];
                }
            }
        });
        return transformed;
    }
}
