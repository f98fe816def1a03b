package alexnet.kernels.faults;

import java.util.stream.Stream;

/** The faults that are planted in minimal filtering: in each transform, at each rim, and in how tiles, phases and strips are put together. */
final class WinogradFaults {

    private static final String FORWARD = "convolutionForward";
    private static final String INPUT = "convolutionInputGradient";
    private static final String WEIGHT = "convolutionWeightGradient";

    private WinogradFaults() {
    }

    static Stream<Fault> all() {
        return Stream.of(transforms(), rims(), tiles(), weightGradient(), gpuTransforms(), gpuTiles()).flatMap(faults -> faults);
    }

    private static Fault host(String operation, String description, String source, String method, String original, String replacement) {
        return new Fault("host", operation, description, "host/winograd/" + source, method, original, replacement);
    }

    private static Fault gpu(String operation, String description, String method, String original, String replacement) {
        return new Fault("gpu", operation, description, "gpu/WinogradKernels", method, original, replacement);
    }

    private static Fault products(String operation, String description, String original, String replacement) {
        return new Fault("gpu", operation, description, "gpu/PointProducts", "multiply", original, replacement);
    }

    private static Stream<Fault> transforms() {
        String source = "Transforms";
        return Stream.of(
                host(FORWARD, "two opposite points are one in the input's transform", source, "input", "even.fma(minusP0, odd)",
                        "even.fma(p0, odd)"),
                host(FORWARD, "a pair of points has the constant of another in the input's transform", source, "input", "even = x0.fma(q1",
                        "even = x0.fma(q2"),
                host(INPUT, "infinity lacks a term in the input's transform", source, "input", "x4.fma(i4, x6)", "x6"),
                host(FORWARD, "two opposite points are one in the transform of filters of 3", source, "filter3", "even.neg()", "even"),
                host(FORWARD, "infinity sees the middle of a filter of 3", source, "filter3", "x2.intoArray", "x1.intoArray"),
                host(INPUT, "two opposite points are one in the transform of filters of 5", source, "filter5", "odd.sub(even)",
                        "odd.add(even)"),
                host(FORWARD, "infinity sees the middle of a filter of 5", source, "filter5", "x4.intoArray", "x2.intoArray"),
                host(FORWARD, "infinity is missing in the transform of outputs of 3", source, "output3", "sum2.fma(a22, x6)", "sum2.mul(a22)"),
                host(FORWARD, "a power of a point is another in the transform of outputs of 5", source, "output5", "sum0.fma(a04",
                        "sum0.fma(a02"),
                host(INPUT, "a difference is a sum in the transform of outputs of 5", source, "output5", "difference1 = x2.sub(x3)",
                        "difference1 = x2.add(x3)"),
                host(WEIGHT, "two opposite points are one in the transform of a gradient's tiles of 5", source, "filter5", "odd.sub(even)",
                        "odd.add(even)"),
                host(WEIGHT, "a constant is another in the transform of a gradient's tiles of 3", source, "filter3", "x1.fma(g11, even)",
                        "x1.fma(g21, even)"),
                host(WEIGHT, "infinity is missing in the transform of weights of 3", source, "output3", "sum2.fma(a22, x6)",
                        "sum2.mul(a22)"));
    }

    private static Stream<Fault> rims() {
        String source = "Strips";
        return Stream.of(
                host(FORWARD, "the first column beyond the image counts", source, "columns", "Math.ceilDiv(t.width - left, t.stride)",
                        "Math.ceilDiv(t.width - left, t.stride) + 1"),
                host(FORWARD, "the last column of an image is taken for padding", source, "columns", "Math.ceilDiv(t.width - left, t.stride)",
                        "Math.ceilDiv(t.width - 1 - left, t.stride)"),
                host(FORWARD, "what was left of the image stays", source, "columns", "Arrays.fill(memory, row, row + before * pixel, 0);", ""),
                host(FORWARD, "what was right of the image stays", source, "columns",
                        "Arrays.fill(memory, row + end * pixel, row + count * pixel, 0);", ""),
                host(FORWARD, "the last row of an image is taken for padding", source, "window", "row >= t.height", "row >= t.height - 1"),
                host(FORWARD, "the first row of an image is taken for padding", source, "window", "row < 0", "row <= 0"),
                host(FORWARD, "padding ignored at the top", source, "input", "phase / t.stride - t.padding", "phase / t.stride"),
                host(FORWARD, "padding ignored at the left", source, "input", "phase % t.stride - t.padding", "phase % t.stride"),
                host(INPUT, "padding ignored at the left", source, "input", "phase % t.stride - t.padding", "phase % t.stride"),
                host(FORWARD, "a tile cut off at the bottom is taken for whole", source, "columns",
                        " && top + (POINTS - 1) * t.stride < t.height", ""),
                host(FORWARD, "a tile cut off at the top is taken for whole", source, "columns", "top >= 0 && ", ""),
                host(FORWARD, "neighbouring tiles see the same columns", source, "input", "half + j * t.outputs * pixel", "half"),
                host(INPUT, "a tile's neighbours go on in the next row", source, "input", "Math.min(tiles - i, t.tilesWide - column)", "tiles - i"),
                host(FORWARD, "a tile's last column in the rim is lost", source, "deliver", "t.resultWidth - left)", "t.resultWidth - left - 1)"),
                host(FORWARD, "a tile's last row in the rim is lost", source, "deliver", "t.resultHeight - top)", "t.resultHeight - top - 1)"),
                host(INPUT, "the tile in the corner is left out", source, "run", "t.tiles - firstTile)",
                        "Math.max(1, t.tiles - 1 - firstTile))"));
    }

    private static Stream<Fault> tiles() {
        String source = "Strips";
        return Stream.of(
                host(FORWARD, "the last images of a batch are read from beyond it", "Lines", "at", "(vector & 1) * Lanes.COUNT, last)",
                        "(vector & 1) * Lanes.COUNT, Integer.MAX_VALUE)"),
                host(FORWARD, "the last images of a batch are stored beyond it", source, "deliver", "Math.min((firstVector + v) * Lanes.COUNT, last)",
                        "(firstVector + v) * Lanes.COUNT"),
                host(FORWARD, "bias dropped", source, "deliver", ".add(bias)", ""),
                host(FORWARD, "every group has the first group's biases", source, "output", "biases[group * t.results + map]", "biases[map]"),
                host(FORWARD, "ReLU missing", source, "bias", "relu ? 0 :", "relu ? Float.NEGATIVE_INFINITY :"),
                host(FORWARD, "every group sees the first group's channels", source, "input", "(group * t.maps + map)", "map"),
                host(FORWARD, "every group has the first group's weights", source, "products", "(group * TILE_POINTS + point)", "point"),
                host(FORWARD, "the products of an odd vector are left out", source, "run", "Math.ceilDiv(tiles * vectors, 2)",
                        "Math.max(1, tiles * vectors / 2)"),
                host(FORWARD, "every panel has the first one's filters", source, "products", "weights + panel * t.taps * ROWS", "weights"),
                host(FORWARD, "the last strip of a share is left out", source, "run", "strip < end", "strip < Math.max(1, end - 1)"),
                host(FORWARD, "rows and columns of a phase of weights are mixed up", "WeightTransform", "gather", "int top = phase / t.stride",
                        "int top = phase % t.stride"),
                host(FORWARD, "a phase's weights beyond the filter count", "WeightTransform", "gather", "&& column < t.size", ""),
                host(FORWARD, "all phases begin in the same row of the image", source, "input", "phase / t.stride - t.padding", "- t.padding"),
                host(INPUT, "filters not turned", "WeightTransform", "gather", "backward ? last - weight : weight", "weight"),
                host(INPUT, "filters and channels not exchanged", "WeightTransform", "panel", "mapStep = backward ? t.results * area : area",
                        "mapStep = area"));
    }

    private static Stream<Fault> weightGradient() {
        String source = "GradientKernels";
        return Stream.of(
                host(WEIGHT, "padding ignored at the top", source, "input", "step * stride - padding + phase / stride", "step * stride + phase / stride"),
                host(WEIGHT, "the last row of an image is taken for padding", source, "input", "Math.ceilDiv(height - y, stride)",
                        "Math.ceilDiv(height - 1 - y, stride)"),
                host(WEIGHT, "the last column of an image is taken for padding", source, "input", "Math.ceilDiv(width - x, stride)",
                        "Math.ceilDiv(width - 1 - x, stride)"),
                host(WEIGHT, "zeros of the tile before stay at the bottom", source, "input", "Arrays.fill(half, endRow * POINTS * CHUNK, row, 0);", ""),
                host(WEIGHT, "the gradient's tiles are not cut off at the right", source, "outputGradient", " || left + x >= width", ""),
                host(WEIGHT, "the gradient's tiles are not cut off at the bottom", source, "outputGradient", "top + y >= height || ", ""),
                host(WEIGHT, "images in the last vector count twice", source, "outputGradient",
                        "to + (whole + doubled - firstColumn) * stripeWidth", "to + (whole - firstColumn) * stripeWidth"),
                host(WEIGHT, "every stripe sees the first stripe's gradients", source, "outputGradient",
                        "(group * groupFilters + stripe * FILTERS) * height", "group * groupFilters * height"),
                host(WEIGHT, "every group sees the first group's channels", source, "input", "(group * groupChannels + channel / phases)", "(channel / phases)"),
                host(WEIGHT, "all phases are the first one's", source, "input", "- padding + phase / stride", "- padding"),
                host(WEIGHT, "a weight goes to another phase", source, "weights", "(plane * size + i * stride + phase / stride) * size",
                        "(plane * size + i * stride + phase % stride) * size"),
                host(WEIGHT, "only the last strip counts", "WeightGradient", "add", "first > 0", "false"),
                host(WEIGHT, "the first strip adds to what it should overwrite", "WeightGradient", "add", "first > 0", "true"),
                host(WEIGHT, "only the last blocks of a strip count", "ColumnProduct", "multiply", "add(tile, 0, strip, 0, length)",
                        "System.arraycopy(tile, 0, strip, 0, length)"));
    }

    private static Stream<Fault> gpuTransforms() {
        return Stream.of(
                gpu(FORWARD, "two opposite points are one in the input's transform", "input", "odd - p * even", "odd + p * even"),
                gpu(INPUT, "infinity lacks a term in the input's transform", "input", " - S0 * S1 * S2 * x0", ""),
                gpu(WEIGHT, "a pair of points has the constant of another in the input's transform", "input", "point < 4 ? S2 : S1", "S2"),
                gpu(FORWARD, "infinity sees the middle of a filter of 3", "filter", "size == 3 ? g2 : g4", "size == 3 ? g1 : g4"),
                gpu(INPUT, "infinity sees the middle of a filter of 5", "filter", "size == 3 ? g2 : g4", "g2"),
                gpu(WEIGHT, "two opposite points are one in the transform of a gradient's tiles", "filter", "scale * (odd - even)", "scale * (odd + even)"),
                gpu(FORWARD, "a power of a point is another in the transform of outputs", "output", "row < 4 ? S1 : S1 * S1", "row < 5 ? S1 : S1 * S1"),
                gpu(INPUT, "infinity is missing in the transform of outputs", "output", "row == outputs - 1 ? sum + m6 : sum", "sum"),
                gpu(WEIGHT, "a difference is a sum in the transform of weights", "output", "(m2 - m3)", "(m2 + m3)"));
    }

    private static Stream<Fault> gpuTiles() {
        return Stream.of(
                gpu(FORWARD, "the first row and column of an image are taken for padding", "place", "index >= 0", "index > 0"),
                gpu(FORWARD, "the last row and column of an image are taken for padding", "place", "index < extent", "index < extent - 1"),
                gpu(WEIGHT, "what lies beyond the image counts", "at", "(row | column) >= 0 ? value : 0", "value"),
                gpu(WEIGHT, "the gradient's tiles are not cut off at the bottom", "part", "&& row < rows ", ""),
                gpu(WEIGHT, "the gradient's tiles are not cut off at the right", "part", "&& column < columns ", ""),
                gpu(FORWARD, "padding ignored at the top", "transformInput", "% tileRows * step - padding", "% tileRows * step"),
                gpu(INPUT, "padding ignored at the left", "transformInput", "% tileColumns * step - padding", "% tileColumns * step"),
                gpu(FORWARD, "neighbouring tiles see the same columns", "transformInput", "tile % tileColumns * step", "tile % tileColumns"),
                gpu(INPUT, "filters not turned", "transformFilters", "turned == 1 ? -1 : 1", "1"),
                gpu(INPUT, "filters and channels not exchanged", "transformFilters", "turned == 1 ? i / channels % filters : i % filters", "i % filters"),
                gpu(FORWARD, "every group has the first group's weights", "transformFilters", "(i / (filters * channels) * filters + filter)", "filter"),
                gpu(FORWARD, "a tile's last row in the rim is lost", "transformOutput", "rows = height - y", "rows = height - y - 1"),
                gpu(INPUT, "a tile's last column in the rim is lost", "transformOutput", "columns = width - x", "columns = width - x - 1"),
                gpu(FORWARD, "every map has the first one's bias", "transformOutput", "bias.get(plane)", "bias.get(0)"),
                gpu(FORWARD, "bias dropped", "transformOutput", "biased == 1", "false"),
                gpu(FORWARD, "ReLU missing", "putOutput", "relu == 1 && sum < 0 ? 0 : sum", "sum"),
                products(FORWARD, "every part has the first one's first factor", "first + part * terms * lines", "first"),
                products(INPUT, "every part has the first one's second factor", "second + part * terms * plane", "second"),
                products(WEIGHT, "the last terms of a sum are left out", "begin + range < terms ? begin + range : terms",
                        "begin + range < terms ? begin + range : terms - 1"));
    }
}
