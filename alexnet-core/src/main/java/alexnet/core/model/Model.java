package alexnet.core.model;

import java.util.Collections;
import java.util.List;

import alexnet.core.data.ClassName;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.network.Architecture;

/**
 * A trained network without its weights: all that using them takes.
 *
 * @param architecture its layers
 * @param resize       how its images are brought to their size
 * @param statistics   the mean image that is subtracted, and the colour components of the training images
 * @param deviation    what each channel is divided by after that: ones in the paper, other programs take standard deviations
 * @param classNames   its classes; a label is an index into them
 */
public record Model(Architecture architecture, Resize resize, DatasetStatistics statistics, List<Float> deviation, List<ClassName> classNames) {

    /** @throws IllegalArgumentException if the parts do not fit together */
    public Model {
        deviation = List.copyOf(deviation);
        classNames = List.copyOf(classNames);
        if (classNames.size() != architecture.classes()) {
            throw new IllegalArgumentException(classNames.size() + " classes for the " + architecture.classes() + " outputs of " + architecture.name());
        }
        if (statistics.channels() != architecture.channels()) {
            throw new IllegalArgumentException("a mean image of " + statistics.channels() + " channels for " + architecture.name()
                    + ", which takes images of " + architecture.channels());
        }
        if (deviation.size() != architecture.channels()) {
            throw new IllegalArgumentException("a deviation of " + deviation.size() + " channels for " + architecture.name()
                    + ", which takes images of " + architecture.channels());
        }
        if (!deviation.stream().allMatch(value -> value > 0 && Float.isFinite(value))) {
            throw new IllegalArgumentException("images cannot be divided by the deviation " + deviation);
        }
        if (!statistics.size().equals(new StoredSize(architecture.storedSize(), architecture.storedSize()))) {
            throw new IllegalArgumentException("its mean image is " + statistics.size() + ", but " + architecture.name()
                    + " stores images of " + architecture.storedSize() + " pixels");
        }
    }

    /** One whose images are not divided. */
    public Model(Architecture architecture, Resize resize, DatasetStatistics statistics, List<ClassName> classNames) {
        this(architecture, resize, statistics, ones(architecture.channels()), classNames);
    }

    /** Such a one whose classes have names and nothing else. */
    public Model(Architecture architecture, List<String> classes, Resize resize, DatasetStatistics statistics) {
        this(architecture, resize, statistics, ClassName.of(classes));
    }

    /** The deviation of images that are not divided. */
    public static List<Float> ones(int channels) {
        return Collections.nCopies(channels, 1f);
    }

    /** The deviation of each channel. */
    public float[] deviations() {
        float[] values = new float[deviation.size()];
        for (int channel = 0; channel < values.length; channel++) {
            values[channel] = deviation.get(channel);
        }
        return values;
    }

    /** Whether images are divided by anything but ones. */
    public boolean divides() {
        return !deviation.equals(ones(deviation.size()));
    }

    /** The names of the classes. */
    public List<String> classes() {
        return classNames.stream().map(ClassName::name).toList();
    }

    /** What has to be done to an image that it is asked about. */
    public Preprocessing preprocessing() {
        return new Preprocessing(statistics.size(), resize);
    }
}
