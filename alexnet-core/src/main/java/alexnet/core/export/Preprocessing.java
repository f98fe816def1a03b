package alexnet.core.export;

import java.util.List;

import alexnet.core.model.Model;
import alexnet.core.data.Resize;
import alexnet.core.network.Architecture;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What has to be done to an image before an exported network sees it, as the file's metadata say it, in JSON.
 *
 * @param colors       {@code RGB}, or {@code grey} for one channel
 * @param shorterSide  what the shorter side is scaled to, in pixels; left out where both sides are
 * @param squashed     rows and columns that both sides are scaled to, whatever the proportions; left out where they are kept
 * @param interpolation with {@code antialias}: as Pillow and torchvision name it
 * @param storedSize   rows and columns of the centre that is then kept; the mean image has as many
 * @param inputSize    rows and columns of the crop of it that the network sees, the centre for one view
 * @param values       the range of a sample
 * @param mean         what is subtracted: a number for each channel, or where it is, or what subtracts it
 * @param std          what each channel is divided by after that, or where that is; left out where by nothing but ones
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Preprocessing(String colors, @JsonProperty("resize_shorter_side") Integer shorterSide,
                     @JsonProperty("resize") List<Integer> squashed, String interpolation, boolean antialias,
                     @JsonProperty("center_crop") int storedSize, @JsonProperty("input_crop") int inputSize, List<Integer> values,
                     Object mean, Object std) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_SAMPLE = 255;

    /** That of a model. */
    static Preprocessing of(Model model, Object mean, Object std) {
        Architecture architecture = model.architecture();
        int size = architecture.storedSize();
        boolean squash = model.resize() == Resize.SQUASH;
        return new Preprocessing(architecture.channels() == 1 ? "grey" : "RGB", squash ? null : size, squash ? List.of(size, size) : null,
                "bilinear", true, size, architecture.inputSize(), List.of(0, LARGEST_SAMPLE), mean,
                model.divides() ? std : null);
    }

    String json() {
        return json(this);
    }

    /** The names of the classes, in the order of the network's outputs. */
    static String classes(Model model) {
        return json(model.classes());
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
