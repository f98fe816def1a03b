package alexnet.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import alexnet.core.evaluation.ClassAccuracy;
import alexnet.core.run.event.FilterBank;

/**
 * What a run's network has learnt: what takes the network itself to be told. Each part may be empty; {@code leftOut} then says why.
 *
 * @param model       the checkpoint looked at, such as {@code best.safetensors of step 1,200}
 * @param filters     of the first layer
 * @param predictions of some validation images
 * @param neighbours  of some validation images among the training images
 * @param confusions  the most frequent first
 * @param classes     in the order of the network's
 * @param layers      in the order of the network's
 * @param notes       a sentence each: how photographs were chosen, and what was measured on some of the images alone
 * @param leftOut     a sentence for each part that is missing, with the reason and what to do
 */
public record Findings(String model, Optional<FilterBank> filters, List<Prediction> predictions, List<Neighbours> neighbours,
                       List<Confusion> confusions, List<ClassAccuracy> classes, List<LayerTime> layers, List<String> notes,
                       List<String> leftOut) {

    public Findings {
        predictions = List.copyOf(predictions);
        neighbours = List.copyOf(neighbours);
        confusions = List.copyOf(confusions);
        classes = List.copyOf(classes);
        layers = List.copyOf(layers);
        notes = List.copyOf(notes);
        leftOut = List.copyOf(leftOut);
    }

    /** Nothing is known, for that reason. */
    public static Findings none(String reason) {
        return new Findings("", Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(reason));
    }

    /** The same with the times of layers, and what the user should know of them. */
    public Findings with(List<LayerTime> times, String note) {
        return new Findings(model, filters, predictions, neighbours, confusions, classes, times, Stream.concat(notes.stream(), Stream.of(note)).toList(), leftOut);
    }

    /**
     * An image of the data set, small.
     *
     * @param name      of its file, below the data's folder
     * @param className its class
     * @param image     {@code data:image/jpeg;base64,...} or PNG, some 100 to 200 pixels wide
     */
    public record Photograph(String name, String className, String image) {
    }

    /**
     * A class and how likely the network thinks it.
     *
     * @param probability 0 to 1
     */
    public record Guess(String className, double probability) {
    }

    /**
     * What the network says of a photograph.
     *
     * @param guesses the likeliest classes, at most five, the likeliest first
     */
    public record Prediction(Photograph photograph, List<Guess> guesses) {
        public Prediction {
            guesses = List.copyOf(guesses);
        }
    }

    /**
     * The photographs whose activations in fc7 are nearest to a photograph's.
     *
     * @param nearest the nearest first
     */
    public record Neighbours(Photograph query, List<Neighbour> nearest) {
        public Neighbours {
            nearest = List.copyOf(nearest);
        }
    }

    /**
     * A near photograph.
     *
     * @param distance Euclidean, between the activations of fc7
     */
    public record Neighbour(Photograph photograph, double distance) {
    }

    /**
     * Two classes that the network takes for each other.
     *
     * @param trueClass what they are
     * @param predicted what the network says
     * @param count     of such validation images
     * @param images    validation images of the true class
     * @param examples  some of them
     */
    public record Confusion(String trueClass, String predicted, int count, int images, List<Photograph> examples) {
        public Confusion {
            examples = List.copyOf(examples);
        }
    }

    /**
     * How long a layer takes in a training step, on both groups' devices.
     *
     * @param forwardMillis  milliseconds
     * @param backwardMillis milliseconds, with the update
     */
    public record LayerTime(String layer, double forwardMillis, double backwardMillis) {
    }
}
