package alexnet.runner;

import java.util.List;
import java.util.stream.IntStream;

import alexnet.core.data.ClassName;
import alexnet.core.evaluation.Ranking;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a network says an image shows, as {@code predict} prints it.
 *
 * @param file        the image
 * @param predictions the likeliest classes, the first one first; none where a probability is NaN
 */
record Prediction(String file, List<Guess> predictions) {

    /**
     * A class and how likely it is, 0 to 1.
     *
     * @param words what people call it; null where nobody has said
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Guess(@JsonProperty("class") String name, String words, float probability) {

        /** With its words, where there are some. */
        String shown() {
            return words == null ? name : name + "  " + words;
        }
    }

    /** The {@code top} likeliest classes, or all where there are fewer; of equally likely ones the first one first. */
    static Prediction of(String file, float[] probabilities, List<ClassName> classes, int top) {
        return new Prediction(file, IntStream.of(Ranking.likeliest(probabilities, top)).mapToObj(c -> new Guess(classes.get(c).name(), classes.get(c).words().orElse(null), probabilities[c])).toList());
    }
}
