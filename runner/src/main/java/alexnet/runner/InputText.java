package alexnet.runner;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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

    private static String mean(Model model) {
        return (model.statistics().hasConstantMean() ? "the mean " : "a mean image, on average ")
                + numbers(Arrays.stream(model.statistics().channelMeans()).boxed().toList());
    }

    private static String numbers(List<? extends Number> values) {
        return values.stream().map(value -> String.format(Locale.ROOT, "%.3f", value.doubleValue())).collect(Collectors.joining(", "));
    }
}
