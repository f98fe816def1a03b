package alexnet.core.model;

import java.util.List;

import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.network.Architecture;

/**
 * A trained network without its weights: all that using them takes.
 *
 * @param architecture its layers
 * @param classes      their names; a label is an index into them
 * @param resize       how its images are brought to their size
 * @param statistics   the mean image that is subtracted, and the colour components of the training images
 */
public record Model(Architecture architecture, List<String> classes, Resize resize, DatasetStatistics statistics) {

    /** @throws IllegalArgumentException if the parts do not fit together */
    public Model {
        classes = List.copyOf(classes);
        if (classes.size() != architecture.classes()) {
            throw new IllegalArgumentException(classes.size() + " classes for the " + architecture.classes() + " outputs of " + architecture.name());
        }
        if (statistics.channels() != architecture.channels()) {
            throw new IllegalArgumentException("a mean image of " + statistics.channels() + " channels for " + architecture.name()
                    + ", which takes images of " + architecture.channels());
        }
        if (!statistics.size().equals(new StoredSize(architecture.storedSize(), architecture.storedSize()))) {
            throw new IllegalArgumentException("its mean image is " + statistics.size() + ", but " + architecture.name()
                    + " stores images of " + architecture.storedSize() + " pixels");
        }
    }

    /** What has to be done to an image that it is asked about. */
    public Preprocessing preprocessing() {
        return new Preprocessing(statistics.size(), resize);
    }
}
