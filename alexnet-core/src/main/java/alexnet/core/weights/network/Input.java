package alexnet.core.weights.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.ClassName;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;

/**
 * What is done to an image's pixels before a network of others sees them.
 *
 * @param mean      {@code [channels][stored][stored]}, subtracted
 * @param deviation of each channel, divided by
 * @param resize    how images come to the stored size
 */
record Input(float[] mean, float[] deviation, Resize resize) {

    /** Red, green and blue. */
    static final int CHANNELS = 3;

    /** A mean image whose pixels are all the same, by channel. */
    static float[] constant(float[] values, Architecture architecture) {
        int area = architecture.storedSize() * architecture.storedSize();
        float[] mean = new float[values.length * area];
        for (int channel = 0; channel < values.length; channel++) {
            Arrays.fill(mean, channel * area, (channel + 1) * area, values[channel]);
        }
        return mean;
    }

    /** The model of an architecture that takes images so, with what was asked for instead. */
    Model model(Architecture architecture, int classes, ImportOptions options, List<String> notes) {
        StoredSize size = new StoredSize(architecture.storedSize(), architecture.storedSize());
        DatasetStatistics statistics = new DatasetStatistics(architecture.channels(), size, 0, mean,
                new float[architecture.channels() * architecture.channels()], new float[architecture.channels()]);
        return new Model(architecture, options.resize().orElse(resize), statistics, classNames(classes, options.classNames(), notes));
    }

    /** Their names, or else their numbers. */
    static List<ClassName> classNames(int classes, Optional<List<ClassName>> given, List<String> notes) {
        if (given.isPresent() && given.get().size() != classes) {
            throw new CheckpointException("the network has " + classes + " classes, --classes names " + given.get().size());
        }
        return given.orElseGet(() -> {
            notes.add("its classes have no names, but the numbers 0 to " + (classes - 1) + ": --classes names them");
            return ClassName.of(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
        });
    }
}
