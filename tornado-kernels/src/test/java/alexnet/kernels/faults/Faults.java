package alexnet.kernels.faults;

import java.util.List;
import java.util.stream.Stream;

/** The faults that are planted: mistakes that people make in such kernels. */
final class Faults {

    private Faults() {
    }

    static List<Fault> all() {
        return Stream.of(elements(), convolution(), pooling(), normalization(), fullyConnected(), softmax(), transfers(), host(), WinogradFaults.all(),
                        gpu())
                .flatMap(faults -> faults).toList();
    }

    private static Fault portable(String operation, String description, String source, String method, String original,
                                  String replacement) {
        return new Fault("portable", operation, description, "portable/" + source, method, original, replacement);
    }

    private static Fault host(String operation, String description, String source, String method, String original,
                              String replacement) {
        return new Fault("host", operation, description, "host/" + source, method, original, replacement);
    }

    private static Fault gpu(String operation, String description, String source, String method, String original,
                             String replacement) {
        return new Fault("gpu", operation, description, "gpu/" + source, method, original, replacement);
    }

    private static Fault dropoutScales(String description, String original, String replacement) {
        return new Fault("portable", "dropout", description, "DropoutScales", "of", original, replacement);
    }

    private static Stream<Fault> elements() {
        String images = "ImageKernels";
        String arrays = "ArrayKernels";
        String keep = "KeepKernels";
        String dropout = "DropoutKernels";
        String sgd = "SgdKernels";
        return Stream.of(
                portable("prepareImages", "mirroring ignored", images, "prepareImages", "crops.get(2 * images + image) != 0",
                        "false"),
                portable("prepareImages", "mirrored one column off", images, "prepareImages", "width - 1 - x", "width - x"),
                portable("prepareImages", "bytes taken as signed", images, "prepareImages", " & 0xFF", ""),
                portable("prepareImages", "the mean is not cropped", images, "prepareImages", "mean.get(place)",
                        "mean.get(pixel)"),
                portable("prepareImages", "the mean is added", images, "prepareImages", "value - mean", "value + mean"),
                portable("prepareImages", "all channels get the noise of the first", images, "prepareImages",
                        "noise.get(channel * images + image)", "noise.get(image)"),
                portable("prepareImages", "the deviation is ignored", images, "prepareImages", " / deviation.get(channel)", ""),
                portable("prepareImages", "all channels are divided by the deviation of the first", images, "prepareImages",
                        "deviation.get(channel)", "deviation.get(0)"),
                portable("prepareImages", "the noise is not divided", images, "prepareImages",
                        "(value - mean.get(place) + noise.get(channel * images + image)) / deviation.get(channel)",
                        "(value - mean.get(place)) / deviation.get(channel) + noise.get(channel * images + image)"),
                portable("reluGradient", "passes at an output of 0", arrays, "reluGradient", "output.get(i) > 0",
                        "output.get(i) >= 0"),
                portable("reluGradient", "multiplies with a mask, so that a NaN passes", arrays, "reluGradient",
                        "output.get(i) > 0 ? gradient.get(i) : 0", "gradient.get(i) * (output.get(i) > 0 ? 1 : 0)"),
                portable("sgd", "momentum with the wrong sign", sgd, "sgdUpdate", "hyper.get(Hyper.MOMENTUM) *",
                        "-hyper.get(Hyper.MOMENTUM) *"),
                portable("sgd", "climbs instead of descending", sgd, "sgdUpdate", "- rate * gradient", "+ rate * gradient"),
                portable("sgd", "weight decay missing", sgd, "sgdUpdate", " - decay * weight", ""),
                portable("sgd", "weight decay without the learning rate", sgd, "sgdUpdate",
                        "hyper.get(Hyper.WEIGHT_DECAY + group) * rate",
                        "hyper.get(Hyper.WEIGHT_DECAY + group)"),
                portable("sgd", "biases decay as weights do", sgd, "sgdUpdate", "Hyper.WEIGHT_DECAY + group", "Hyper.WEIGHT_DECAY"),
                portable("sgd", "biases learn at the rate of weights", sgd, "sgdUpdate", "Hyper.RATE + group", "Hyper.RATE"),
                portable("sgd", "a layer's own rate is ignored", sgd, "sgdUpdate", " * rateFactor", ""),
                portable("sgd", "momenta are not kept", sgd, "sgdUpdate", "momenta.set(i, momentum);", ""),
                portable("copy", "the source's offset is ignored", arrays, "copyElements", "sourceOffset + i", "i"),
                portable("copy", "the target's offset is ignored", arrays, "copyElements", "targetOffset + i", "i"),
                portable("copy", "the last element is left out", arrays, "copyElements", "i < length", "i < length - 1"),
                portable("add", "one part's gradient is left out", arrays, "addElements", " + source.get(sourceOffset + i)", ""),
                portable("add", "what is there is overwritten", arrays, "addElements", "target.get(targetOffset + i) + ", ""),
                portable("add", "the source's offset is ignored", arrays, "addElements", "sourceOffset + i", "i"),
                portable("add", "the target's offset is ignored", arrays, "addElements", "set(targetOffset + i", "set(i"),
                portable("keep", "an array of floats is changed", keep, "keepFloats", "array.get(i)", "0"),
                portable("keep", "the last of four arrays is changed", keep, "keepFloats4", "a3.get(i)", "0"),
                portable("keep", "the last of twelve arrays becomes its neighbour", keep, "keepFloats12", "a11.get(i)", "a10.get(i)"),
                portable("keep", "an array of integers is changed", keep, "keepInts", "array.get(i)", "0"),
                portable("dropout", "keeps what it should drop", dropout, "dropoutForward", "draw < rate", "draw >= rate"),
                portable("dropout", "the scale of testing is missing", dropout, "dropoutForward", " * testingScale", ""),
                dropoutScales("also scales in training", "new DropoutScales(1, 1 - rate)", "new DropoutScales(1 / (1 - rate), 1 - rate)"),
                dropoutScales("inverted, what is kept is not scaled", "1 / (1 - rate)", "1"),
                dropoutScales("inverted, it is multiplied by the share that is dropped", "1 / (1 - rate)", "1 / rate"),
                dropoutScales("inverted, it also scales in tests", "(1 / (1 - rate), 1)", "(1 / (1 - rate), 1 - rate)"),
                portable("dropout", "both groups drop the same units", dropout, "dropoutForward", "firstUnit + ", ""),
                portable("dropout", "all images drop the same units", dropout, "dropoutForward", "imageKeys.get(at % images)",
                        "imageKeys.get(0)"),
                portable("dropout", "also drops in tests", dropout, "dropoutForward", "mode.get(0) == 1", "mode.get(0) != 2"),
                portable("dropoutGradient", "another layer's draws", dropout, "dropoutBackward", ", purpose,", ", purpose + 1,"),
                portable("dropoutGradient", "both groups drop the same units", dropout, "dropoutBackward", "firstUnit + ", ""),
                portable("dropoutGradient", "the scale of what is kept is missing", dropout, "dropoutBackward", " * trainingScale", ""),
                portable("dropoutGradient", "dropped gradients pass", dropout, "dropoutBackward", "draw < rate ? 0 :",
                        "draw < 0 ? 0 :"));
    }

    private static Stream<Fault> convolution() {
        String source = "ConvolutionKernels";
        String forward = "convolutionForward";
        String input = "convolutionInputGradient";
        String weight = "convolutionWeightGradient";
        String tiles = "TileKernels";
        return Stream.of(
                portable(forward, "index off by one", source, forward, "inputTiles.get(from + i)",
                        "inputTiles.get(from + i + 1)"),
                portable(forward, "padding ignored at the top", source, forward, "y * stride - padding", "y * stride"),
                portable(forward, "the last row of a window is left out at the bottom", source, forward, "? height - top :",
                        "? height - top - 1 :"),
                portable(forward, "stride ignored", source, forward, "x * stride - padding", "x - padding"),
                portable(forward, "every group sees the first group's channels", source, forward, "imageTile * channels + c)",
                        "imageTile * channels + c - group * groupChannels)"),
                portable(forward, "every tile holds the first images", tiles, "imageTiles", "Tile.start(item / rows, images)", "0"),
                portable(forward, "bias dropped", source, forward, "= bias.get(f0)", "= 0"),
                portable(forward, "weights transposed", source, forward, "weights.get(f0 * filterLength + tapRow + kx)",
                        "weights.get(f0 * filterLength + ((c - group * groupChannels) * size + kx) * size + ky)"),
                portable(forward, "one filter has its neighbour's weights", source, forward, "w2 * value", "w1 * value"),
                portable(forward, "ReLU missing", source, forward, "relu != 0 && sums0[i] < 0 ? 0 : sums0[i]", "sums0[i]"),
                portable(forward, "ReLU swallows NaN", source, forward, "relu != 0 && sums0[i] < 0 ?",
                        "relu != 0 && !(sums0[i] > 0) ?"),
                portable(forward, "the tail of the batch is not computed", source, forward, "Tile.count(images, LANES)",
                        "(images < LANES ? 1 : images / LANES)"),
                portable(input, "padding ignored", source, input, "pixel / width + padding", "pixel / width"),
                portable(input, "filters not turned", source, input, "(row - y * stride) * size",
                        "(size - 1 - row + y * stride) * size"),
                portable(input, "every group gets the first group's gradients", source, input,
                        "f = group * groupFilters; f < (group + 1) * groupFilters", "f = 0; f < groupFilters"),
                portable(input, "the first row of windows is left out", source, input, "row - size + 1", "row - size + 2"),
                portable(input, "weights transposed", source, input, "(f * groupChannels + c0)",
                        "(c0 * groupFilters + f % groupFilters)"),
                portable(input, "adds to what it should overwrite", source, input, "c0 * plane + i, sums0[i]",
                        "c0 * plane + i, inputGradient.get(to + c0 * plane + i) + sums0[i]"),
                portable(weight, "padding with the wrong sign", tiles, "padded", "% paddedHeight - padding", "% paddedHeight + padding"),
                portable(weight, "the padding on the right holds the next row's pixel", tiles, "padded", "column < width", "column <= width"),
                portable(weight, "every group gets the first group's gradients", tiles, "filterTiles", "tile / filterTiles * groupFilters + ",
                        ""),
                portable(weight, "every group sees the first group's channels", source, weight, "place(group * groupChannels",
                        "place(0"),
                portable(weight, "row and column of a tap mixed up", source, "place", "tap / size % size", "tap % size"),
                portable(weight, "the last tap of a tile repeats the one before", source, weight, "tap0 + 5 < last ? tap0 + 5",
                        "tap0 + 5 < last ? tap0 + 4"),
                portable(weight, "the last image is left out", source, weight, "image < images;", "image < images - 1;"),
                portable(weight, "only the last pixel counts", source, weight, "totals1[i] += sums1[i]", "totals1[i] = sums1[i]"),
                portable(weight, "only the last row counts", source, "addRows", "totals[i] += workspace", "totals[i] = workspace"),
                portable(weight, "the last row is left out", source, "addRows", "y < outputHeight", "y < outputHeight - 1"),
                portable(weight, "the bias gradient is that of the last pixel", source, "convolutionBiasGradient",
                        "sum += part", "sum = part"));
    }

    private static Stream<Fault> pooling() {
        String source = "PoolingKernels";
        String forward = "maxPoolForward";
        String backward = "maxPoolInputGradient";
        return Stream.of(
                portable(forward, "the last of equal values wins", source, forward, "value > largest[i]", "value >= largest[i]"),
                portable(forward, "NaN is lost", source, forward, " || value != value", ""),
                portable(forward, "windows begin at 0, so that only positive values win", source, forward,
                        "Float.NEGATIVE_INFINITY", "0"),
                portable(forward, "windows that are cut off lose a row", source, forward, "y * stride + size : height",
                        "y * stride + size : height - 1"),
                portable(forward, "the winner's row and column mixed up", source, forward, "row * width + column :",
                        "column * width + row :"),
                portable(forward, "windows do not overlap", source, forward, "column = x * stride;", "column = x * stride + 1;"),
                portable(backward, "the winner is one off", source, backward, "== place ?", "== place + 1 ?"),
                portable(backward, "only the last window counts", source, backward, "sums[i] +=", "sums[i] ="),
                portable(backward, "an input lies in one column of windows only", source, backward, "column - size + 1",
                        "column"),
                portable(backward, "the tail of the batch is not computed", source, backward, "Tile.count(images, LANES)",
                        "(images < LANES ? 1 : images / LANES)"));
    }

    private static Stream<Fault> normalization() {
        String source = "NormalizationKernels";
        String forward = "normalizationForward";
        String backward = "normalizationInputGradient";
        return Stream.of(
                portable(forward, "k is 1", source, forward, "k + alpha", "1 + alpha"),
                portable(forward, "alpha divided by n", source, forward, "alpha * squares[i]", "alpha / size * squares[i]"),
                portable(forward, "channels above not seen", source, forward, "? first + c + size / 2 :", "? first + c :"),
                portable(forward, "the sum is cut off a channel early", source, forward, ": border + group - 1", ": border + group - 2"),
                portable(forward, "beta is always 3/4", source, forward, "(squares[i], beta)", "(squares[i], 0.75f)"),
                portable(forward, "squares of the channel itself only", source, forward, "firstLane(j * places",
                        "firstLane(c * places"),
                portable(backward, "the second term missing", source, backward,
                        "gradients[i] -= 2 * alpha * beta * input.get(to + i) * ratios[i];", ""),
                portable(backward, "the second term lacks its 2", source, backward, "-= 2 * alpha", "-= alpha"),
                portable(backward, "the second term is not divided by the scale", source, backward, " / scales.get(from + i)", ""),
                portable(backward, "input in the place of output", source, backward, "output.get(from + i)", "input.get(from + i)"),
                portable(backward, "channels below not seen", source, backward, "? c - first - size / 2 : border", "? c - first : border"),
                portable(forward, "the first channels of the input are normalised", source, forward, "firstLane((first + c) *", "firstLane(c *"),
                portable(forward, "what a part sees of the one below is not summed", source, forward, "> border ? first + c - size / 2 : border",
                        "> first ? first + c - size / 2 : first"),
                portable(forward, "what a part sees of the one above is not summed", source, forward, ": border + group - 1",
                        ": first + count - 1"),
                portable(forward, "every group's sums begin in the first group", source, forward, "border = (first + c) / group * group", "border = 0"),
                portable(backward, "the gradient goes across the border of groups", source, backward, "border = c / group * group", "border = 0"),
                portable(backward, "channels that are only seen get no gradient", source, backward, "-= 2 *",
                        "-= c < first || c >= first + count ? 0 : 2 *"),
                portable(backward, "the gradient of a part's first channel goes to the first that it sees", source, backward,
                        "c >= first && c < first + count", "c < count"));
    }

    private static Stream<Fault> fullyConnected() {
        return Stream.of(
                portable("fullyConnectedForward", "the classifier has a ReLU", "DirectConvolution", "forward", "flag(relu)", "1"),
                portable("fullyConnectedForward", "bias dropped", "ConvolutionKernels", "convolutionForward", "= bias.get(f0)",
                        "= 0"),
                portable("fullyConnectedInputGradient", "the last unit is left out", "ConvolutionKernels",
                        "convolutionInputGradient",
                        "f < (group + 1) * groupFilters", "f < (group + 1) * groupFilters - 1"),
                portable("fullyConnectedWeightGradient", "the tail of the units is not computed", "ConvolutionKernels",
                        "convolutionWeightGradient",
                        "Tile.count(groupFilters, LANES)", "(groupFilters < LANES ? 1 : groupFilters / LANES)"),
                portable("fullyConnectedWeightGradient", "the bias gradient is that of the last image", "ConvolutionKernels",
                        "convolutionBiasGradient",
                        "part += ", "part = "));
    }

    private static Stream<Fault> softmax() {
        String source = "SoftmaxKernels";
        return Stream.of(
                portable("softmaxCrossEntropy", "the largest logit is not subtracted", source, "softmaxCrossEntropy",
                        "largest = logit > largest ? logit : largest;", "largest = 0;"),
                portable("softmaxCrossEntropy", "the first class is not summed", source, "softmaxCrossEntropy",
                        "float sum = 0;\n            for (int c = 0", "float sum = 0;\n            for (int c = 1"),
                portable("softmaxCrossEntropy", "labels count from one", source, "softmaxCrossEntropy",
                        "label < 0 ? 0 : label;", "label < 1 ? 0 : label - 1;"),
                portable("softmaxCrossEntropy", "places without an image have a loss", source, "softmaxCrossEntropy",
                        "label < 0 ? 0 : loss", "loss"),
                portable("softmaxCrossEntropy", "the loss has the wrong sign", source, "softmaxCrossEntropy",
                        "losses.set(image, label < 0 ? 0 : loss)", "losses.set(image, label < 0 ? 0 : -loss)"),
                portable("softmaxCrossEntropyGradient", "the second group's labels are not moved", source, "softmaxGradient",
                        "firstClass + at / images ?", "at / images ?"),
                portable("softmaxCrossEntropyGradient", "the second group reads the first's probabilities", source,
                        "softmaxGradient", "firstClass * images + at", "at"),
                portable("softmaxCrossEntropyGradient", "not the mean of the batch", source, "softmaxGradient",
                        " * hyper.get(Hyper.LOSS_SCALE)", ""),
                portable("softmaxCrossEntropyGradient", "places without an image have a gradient", source, "softmaxGradient",
                        "label < 0 ? 0 : difference", "difference"));
    }

    /** Not in a kernel, but in what moves its arrays. */
    private static Stream<Fault> transfers() {
        return Stream.of(
                new Fault("portable", "add", "stale transfer: arrays are copied to the device once only", "check/Experiment",
                        "run",
                        "DataTransferMode.EVERY_EXECUTION, arrays", "DataTransferMode.FIRST_EXECUTION, arrays"),
                new Fault("portable", "add", "an input is never copied to the device again", "check/Experiment", "run",
                        "DataTransferMode.EVERY_EXECUTION, arrays.toArray());",
                        "DataTransferMode.FIRST_EXECUTION, arrays.getFirst());\n        builder.graph().transferToDevice("
                                + "DataTransferMode.EVERY_EXECUTION, arrays.subList(1, arrays.size()).toArray());"),
                new Fault("portable", "add", "results stay on the device", "check/Experiment", "run",
                        "DataTransferMode.EVERY_EXECUTION, outputs", "DataTransferMode.UNDER_DEMAND, outputs"));
    }

    private static Stream<Fault> host() {
        String images = "ImageKernels";
        String dropout = "DropoutKernels";
        String normalization = "NormalizationKernels";
        String power = "InversePower";
        String few = "FewImagesKernels";
        String packed = "PackedProduct";
        String convolution = "ConvolutionKernels";
        String full = "FullyConnectedKernels";
        return Stream.of(
                host("prepareImages", "mirrored one column off", images, "prepare", "target + width - 1", "target + width"),
                host("prepareImages", "not all rows of a block are mirrored", images, "prepare", "if (mirrored)", "if (mirrored && row == 0)"),
                host("prepareImages", "the second block repeats the first", images, "prepare", "(channel * height + top)", "(channel * height)"),
                host("prepareImages", "the second block's rows are taken from the top", images, "prepare", "crop[image] + top", "crop[image]"),
                host("prepareImages", "the last block is whole", images, "prepare", "Math.min(blockRows, height - top)", "blockRows"),
                host("prepareImages", "the mean's rows are one apart", images, "prepare", "place + row * storedWidth", "place"),
                host("prepareImages", "all channels are divided by the deviation of the first", images, "prepare", "deviations[channel]",
                        "deviations[0]"),
                host("prepareImages", "bytes taken as signed", images, "row", "ZERO_EXTEND_B2I", "B2I"),
                host("prepareImages", "bytes of the rest of a vector taken as signed", images, "row", " & 0xFF", ""),
                host("prepareImages", "the deviation is ignored", images, "row", ".div(deviation)", ""),
                host("prepareImages", "the deviation is ignored in the rest of a vector", images, "row", " / deviation", ""),
                host("dropout", "the rest of a vector is left out", dropout, "drop", "for (; image < images", "for (; image < 0"),
                host("dropout", "the rest of a vector drops other units", dropout, "drop", "purpose, unit) >=", "unit, purpose) >="),
                host("dropout", "keeps what it should drop", dropout, "drop", "VectorOperators.GE", "VectorOperators.LT"),
                host("dropout", "draws are compared with their sign", dropout, "drop", "VectorOperators.LSHR, Integer", "VectorOperators.ASHR, Integer"),
                host("dropout", "the sign is shifted in while mixing", dropout, "drop", "VectorOperators.LSHR, 13", "VectorOperators.ASHR, 13"),
                host("dropout", "both groups drop the same units", dropout, "forward", "firstUnit + ", ""),
                host("dropout", "a vector has the keys of the first", dropout, "drop", "keys, image)", "keys, 0)"),
                host("dropout", "the rest of a vector is not scaled in tests", dropout, "scale", "for (; image < images", "for (; image < 0"),
                host("dropoutGradient", "the scale of what is kept is missing", dropout, "drop", ".mul(scale)", ""),
                host("dropoutGradient", "both groups drop the same units", dropout, "gradient", "firstUnit + ", ""),
                host("reluGradient", "passes at an output of 0", "ArrayKernels", "keepPositive", "VectorOperators.GT",
                        "VectorOperators.GE"),
                host("reluGradient", "the rest of a vector is left out", "ArrayKernels", "keepPositive", "for (; i < to; i++)",
                        "for (; i < to - 1; i++)"),
                host("sgd", "decay missing in the rest of a vector", "ArrayKernels", "descend", " - w[i] * decay", ""),
                host("sgd", "biases decay as weights do", "ArrayKernels", "sgd", "Hyper.WEIGHT_DECAY + group", "Hyper.WEIGHT_DECAY"),
                host("sgd", "biases learn at the rate of weights", "ArrayKernels", "sgd", "Hyper.RATE + group", "Hyper.RATE"),
                host("sgd", "a layer's own rate is ignored", "ArrayKernels", "sgd", " * rateFactor", ""),
                host("sgd", "the second block is not computed", "ArrayKernels", "blocks", "Math.ceilDiv(length, BLOCK)", "1"),
                host("copy", "every block copies from the first", "ArrayKernels", "copy", "sourceOffset + start", "sourceOffset"),
                host("add", "the source's offset is ignored in vectors", "ArrayKernels", "sum", "terms, termsOffset + i)", "terms, i)"),
                host("add", "the target's offset is ignored in vectors", "ArrayKernels", "sum", "sumsOffset + i).add", "i).add"),
                host("convolutionForward", "padding ignored at the top for few images", few, "split", "y - padding)", "y)"),
                host("convolutionForward", "padding ignored at the left for few images", few, "splitRow", "left - padding)",
                        "left)"),
                host("convolutionForward", "what lies right of the image is not zero for few images", few, "splitRow",
                        "Arrays.fill(copy, target + end * images, target + columns * images, 0);", ""),
                host("convolutionForward", "every panel has the first rows", "Panels", "pack", "row = panel % panelsOfSide * ROWS",
                        "row = 0"),
                host("convolutionForward", "later phases overwrite the first for few images", few, "convolutionForward",
                        "part > 0", "false"),
                host("convolutionForward", "every group sees the first group's channels for few images", few,
                        "convolutionForward", "group * groupChannels * plane", "0"),
                host("maxPoolForward", "the last of equals wins for few images", "PoolingKernels", "windowOfFew",
                        "value > largest", "value >= largest"),
                host("maxPoolForward", "a NaN loses for few images", "PoolingKernels", "windowOfFew", " || value != value",
                        ""),
                host("fullyConnectedForward", "bias dropped for few images", few, "fullyConnectedForward",
                        " + biases[unit + row]", ""),
                host("fullyConnectedForward", "sums of the tile before are kept for few images", few, "fullyConnectedForward",
                        "Arrays.fill(sums, 0, DotProduct.TILE, 0);", ""),
                host("convolutionForward", "one window too many is taken as whole", convolution, "forward",
                        "(width - size - left) / stride + 1", "(width - size - left) / stride + 2"),
                host("convolutionForward", "every group has the first group's biases", convolution, "forward",
                        "group * groupFilters, relu", "0, relu"),
                host("convolutionForward", "every group has the first group's weights", convolution, "forward",
                        "multiply(group * side", "multiply(0"),
                host("convolutionForward", "the tail of a vector has no ReLU", packed, "deliver",
                        "Math.max(sum + bias, floor)", "sum + bias"),
                host("convolutionForward", "the tail of a vector has the images before it", packed, "pack",
                        "packed, j + Lanes.COUNT, bWidth", "packed, j, bWidth"),
                host("convolutionForward", "bias dropped", packed, "deliver", ".add(bias)", ""),
                host("convolutionForward", "bias added to every chunk", packed, "multiply", " && to == taps.count()", ""),
                host("convolutionForward", "only the last chunk counts", packed, "multiply", "add || from > 0, complete",
                        "add, complete"),
                host("fullyConnectedForward", "the tail of a vector has no ReLU", "BiasKernels", "add",
                        "Math.max(values[i] + bias, floor)", "values[i] + bias"),
                host("convolutionInputGradient", "weights not turned", "DirectConvolution", "inputGradient",
                        "s.channelsPerGroup() * window, weights", "window, weights"),
                host("convolutionInputGradient", "padding ignored", convolution, "inputGradient",
                        "firstReaching(row + padding, stride", "firstReaching(row, stride"),
                host("convolutionWeightGradient", "padding ignored", "WeightGradientKernels", "gradient",
                        "y * stride - padding", "y * stride"),
                host("convolutionWeightGradient", "every group sees the first group's channels", "WeightGradientKernels",
                        "gradient", "firstChannel * inputPlane", "0"),
                host("convolutionWeightGradient", "every stripe sees the first stripe's gradients", "WeightGradientKernels",
                        "gradient", "groupFilters + stripe * STRIPE;", "groupFilters;"),
                host("convolutionWeightGradient", "cut off windows begin with the first weight", "WeightGradientKernels",
                        "gradient", "(row * size + firstColumn) * STRIPE", "row * size * STRIPE"),
                host("convolutionWeightGradient", "every channel has the first channel's rows", "WeightGradientKernels",
                        "gradient", "source + channel * inputPlane", "source"),
                host("convolutionWeightGradient", "every channel goes to the place of the first", "WeightGradientKernels",
                        "gradient", "groupChannels * size * size + weight,", "groupChannels * size * size,"),
                host("convolutionWeightGradient", "the bias gradient lacks the rest of a vector", "BiasKernels", "addPart",
                        "lanes[lane] += values[i];", ""),
                host("maxPoolForward", "NaN is lost", "PoolingKernels", "window", ".or(value.test(VectorOperators.IS_NAN))", ""),
                host("maxPoolForward", "the last of equal values wins", "PoolingKernels", "window", "VectorOperators.GT",
                        "VectorOperators.GE"),
                host("maxPoolInputGradient", "the last row of windows is left out", "PoolingKernels", "inputGradient",
                        "row / stride + 1", "row / stride"),
                host("normalizationForward", "k missing", normalization, "scales", ".add(k)", ""),
                host("normalizationForward", "the first of five channels is left out", normalization, "scales", "a.fma(a, sum)", "sum"),
                host("normalizationForward", "the last of five channels is left out", normalization, "scales", "e.fma(e, d", "(d"),
                host("normalizationForward", "the first channel of a sum is left out", normalization, "scales", "j = first + at;",
                        "j = first + at + stride;"),
                host("normalizationForward", "k missing where the power isn't the paper's", normalization, "scaleOfOne", "k + ", ""),
                host("normalizationForward", "the first channels of the input are normalised", normalization, "forward",
                        "own = (first + channel)", "own = channel"),
                host("normalizationForward", "sums go into the group below", normalization, "forward", "Math.max(border,", "Math.max(0,"),
                host("normalizationForward", "a step too few to the power", power, "threeQuarters", "power = power.mul(cube", "power.mul(cube"),
                host("normalizationForward", "cubes that overflow are not left out", power, "threeQuarters", "if (!usual)", "if (false)"),
                host("normalizationForward", "one that overflows spoils its neighbours", power, "unusualByRoots",
                        "power.blend(FloatVector.fromArray(FLOATS, array, powers + at), usual)", "FloatVector.zero(FLOATS)"),
                host("normalizationInputGradient", "the first channels of the input count in the ratios", normalization,
                        "inputGradient", "own = (first + channel)", "own = channel"),
                host("normalizationInputGradient", "a channel that is only seen gets the first term of another", normalization,
                        "inputGradient", "own * PLACES_BACK : zeros", "own * PLACES_BACK : 0"),
                host("normalizationInputGradient", "sums go into the group below", normalization, "inputGradient", "Math.max(border, first",
                        "Math.max(0, first"),
                host("normalizationInputGradient", "the gradient goes into the group above", normalization, "inputGradient",
                        "Math.min(border + group, count)", "count"),
                host("normalizationInputGradient", "the second term missing", normalization, "subtractShares",
                        ".sub(value.mul(factor).mul(sum))", ""),
                host("normalizationInputGradient", "the second term lacks its 2", normalization, "inputGradient", "2 * alpha", "alpha"),
                host("normalizationInputGradient", "the sum's terms are not divided by their scales", normalization,
                        "termsAndRatios", ".mul(root.mul(root))", ""),
                host("normalizationInputGradient", "an infinite scale gives NaN", normalization, "termsAndRatios", ".min(Float.MAX_VALUE)", ""),
                host("normalizationInputGradient", "ReLU ignored", normalization, "subtractShares", "if (relu)", "if (false)"),
                host("normalizationInputGradient", "ReLU where there is none", normalization, "subtractShares", "if (relu)", "if (true)"),
                host("normalizationInputGradient", "ReLU passes at 0", normalization, "subtractShares", "VectorOperators.GT", "VectorOperators.GE"),
                host("fullyConnectedForward", "every block has the first block's biases", full, "forward", "biases, first,",
                        "biases, 0,"),
                host("fullyConnectedInputGradient", "a panel overwrites the one before", full, "inputGradient", "unit > 0",
                        "false"),
                host("fullyConnectedInputGradient", "what is copied too much stays", "Panels", "packColumns", "tap < taps - 1 && ",
                        ""),
                host("fullyConnectedForward", "only the last chunk of taps counts", "BroadcastProduct", "multiply", "add || from > 0",
                        "add"),
                host("fullyConnectedWeightGradient", "adds to what it should overwrite", full, "weightGradient",
                        "columns, false", "columns, true"),
                host("fullyConnectedWeightGradient", "inputs not transposed", "Matrices", "transpose",
                        "column * targetStride + row", "row * targetStride + column"));
    }

    private static Stream<Fault> gpu() {
        String product = "Product";
        String multiply = "multiply";
        String forward = "convolutionForward";
        String input = "convolutionInputGradient";
        String weight = "convolutionWeightGradient";
        return Stream.of(
                gpu("prepareImages", "mirrored one column off", "ImageKernels", "prepareImages", "width - 1 - x", "width - x"),
                gpu("prepareImages", "tiles are not turned", "ImageKernels", "prepareImages",
                        "local[e % TILE * LINE + e / TILE]);", "local[e / TILE * LINE + e % TILE]);"),
                gpu("prepareImages", "the deviation is ignored", "ImageKernels", "prepareImages", " / deviation.get(channel)", ""),
                gpu(forward, "padding with the wrong sign", product, "pixel", "step - margin)", "step + margin)"),
                gpu(forward, "the last terms of a sum are left out", product, multiply, "begin + range < terms ? begin + range : terms",
                        "terms / splits / DEPTH * DEPTH"),
                gpu(forward, "another image of the pixel", product, multiply, ": column % images;", ": (column + 1) % images;"),
                gpu(forward, "every group has the first group's biases", product, "store", "bias.get(firstLine + row)", "bias.get(row)"),
                gpu(forward, "one slab only is multiplied", product, multiply, "half = 1 - half;", ""),
                gpu(forward, "the places of the first terms are taken for all", product, multiply, "2 * ((slot ^ AHEAD) + item)",
                        "2 * item"),
                gpu(forward, "what lies right of the image counts", product, "gathered", "last - place & ", ""),
                gpu(forward, "a column counts that is not there", product, "put", "column < plane", "column <= plane"),
                gpu(input, "a tile's rows begin one off", product, multiply, "(slab / 4) + down;", "(slab / 4) + down + 1;"),
                gpu(input, "gradients between the strides count", product, "gathered", "y % step == 0 && ", ""),
                gpu(input, "every group gets the first group's gradients", product, multiply, "firstMap = group * ",
                        "firstMap = 0 * "),
                gpu(weight, "rows and columns of a tap mixed up", product, "tap", "tap / size % size", "tap % size"),
                gpu(weight, "a sum is added to its neighbour", product, multiply, "s53 += a5 * b3;", "s52 += a5 * b3;"),
                gpu(weight, "a product is left out", product, multiply, "s77 += a7 * b7;", ""),
                gpu(weight, "what lies beyond the filters is stored", product, "store", "row < lines", "row <= lines"),
                gpu(weight, "only the first split of the terms counts", product, "addUp", "split < splits", "split < 1"),
                gpu(weight, "every split of a bias gradient is the first", "BiasKernels", "biasGradient", "i = split * range + item",
                        "i = item"),
                gpu(weight, "half of the bias gradient", "Trees", "sum", "threads / 2;", "threads / 4;"),
                gpu(input, "taps of a filter are loaded like neighbours", product, multiply, "along = backward && size == 1",
                        "along = backward"),
                gpu("fullyConnectedForward", "negative sums of a split are lost before they are added up", "DirectConvolution", multiply,
                        "split ? 0 : relu", "relu"),
                gpu("fullyConnectedForward", "the bias of a single unit is lost where sums are split", product, "addUp", "plane <= length",
                        "plane < length"),
                gpu("fullyConnectedForward", "ReLU where there is none", "DirectConvolution", "forward", "relu ? 1 : 0",
                        "1"),
                gpu("maxPoolForward", "the last of equal values wins", "PoolingKernels", "maxPoolForward", "value > largest",
                        "value >= largest"),
                gpu("maxPoolInputGradient", "the first window is left out", "PoolingKernels", "maxPoolInputGradient",
                        "row < size ? 0 :", "row < size - 1 ? 0 :"),
                gpu("normalizationForward", "the last neighbour is left out", "NormalizationKernels", "normalizationForward",
                        "j <= highest", "j < highest"),
                gpu("normalizationForward", "the first channels of the input are normalised", "NormalizationKernels", "normalizationForward",
                        "input.get((first + c) *", "input.get(c *"),
                gpu("normalizationForward", "sums go into the group below", "NormalizationKernels", "normalizationForward",
                        "c - size / 2 : border", "c - size / 2 : 0"),
                gpu("normalizationInputGradient", "ReLU ignored", "GpuKernels", "normalizationInputGradient", "if (relu)", "if (false)"),
                gpu("normalizationInputGradient", "the gradient goes into the group above", "NormalizationKernels",
                        "normalizationInputGradient", "border + group < count ? border + group : count", "count"),
                gpu("normalizationInputGradient", "the second term is missing", "NormalizationKernels",
                        "normalizationInputGradient", "- 2 * alpha * beta * input.get(at) * ratios", ""),
                gpu("normalizationInputGradient", "channels that are only seen get no gradient", "NormalizationKernels",
                        "normalizationInputGradient", "at, -2 * alpha * beta * input.get(at) *", "at, 0 *"),
                gpu("softmaxCrossEntropy", "the first work item's logit counts as the largest", "Trees", "largest",
                        "threads / 2;", "0;"),
                gpu("softmaxCrossEntropy", "a work item's last class alone is summed", "SoftmaxKernels", "softmaxCrossEntropy",
                        "ownSum += exponential", "ownSum = exponential"));
    }
}
