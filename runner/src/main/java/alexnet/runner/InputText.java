package alexnet.runner;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import alexnet.core.data.Resize;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;

/** How a network's input is prepared, in words. */
final class InputText {

    private InputText() {
    }

    static List<String> of(Model model) {
        Architecture architecture = model.architecture();
        int stored = architecture.storedSize();
        String scaled = model.resize() == Resize.SQUASH ? "both sides scaled to " + stored
                : "the shorter side scaled to " + stored + ", of the other as much at the centre";
        return List.of("images: " + (architecture.channels() == 1 ? "grey, " : "RGB, ") + scaled + "; the network sees crops of " + architecture.inputSize(),
                "pixels: 0 to 255, minus " + mean(model) + (model.divides() ? ", divided by " + numbers(model.deviation()) : ""));
    }

    /** The mean of each channel of the mean image. */
    static List<Double> means(Model model) {
        float[] mean = model.statistics().mean();
        int channels = model.architecture().channels();
        int area = mean.length / channels;
        return IntStream.range(0, channels).mapToObj(channel -> IntStream.range(channel * area, (channel + 1) * area).mapToDouble(i -> mean[i]).average().orElse(0)).toList();
    }

    private static String mean(Model model) {
        float[] mean = model.statistics().mean();
        int area = mean.length / model.architecture().channels();
        boolean constant = IntStream.range(0, mean.length).allMatch(i -> mean[i] == mean[i / area * area]);
        return (constant ? "the mean " : "a mean image, on average ")
                + numbers(means(model));
    }

    private static String numbers(List<? extends Number> values) {
        return values.stream().map(value -> String.format(Locale.ROOT, "%.3f", value.doubleValue())).collect(Collectors.joining(", "));
    }
}
