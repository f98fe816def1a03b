package alexnet.core.weights.network;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.Finite;
import alexnet.core.data.ClassName;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.weights.WeightsFile;

/**
 * What is done to an image's pixels before a network of others sees them.
 *
 * @param mean      {@code [channels][stored][stored]}, subtracted
 * @param deviation of each channel, divided by
 * @param resize    how images come to the stored size
 */
record Input(float[] mean, List<Float> deviation, Resize resize) {

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

    /** Numbers as a model has them. */
    static List<Float> list(float... values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    /** The model of an architecture that takes images so, with what was asked for instead; its classes are called by their numbers. */
    Model numbered(WeightsFile file, Architecture architecture, ImportOptions options, List<String> notes) {
        int classes = architecture.classes();
        return model(file, architecture, options, options.classNames(file, classes).orElseGet(() -> {
            notes.add("its classes have no names, but the numbers 0 to " + (classes - 1) + ": --classes names them");
            return ClassName.of(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
        }));
    }

    /** The same, of classes that have names. */
    Model model(WeightsFile file, Architecture architecture, ImportOptions options, List<ClassName> classNames) {
        int channels = architecture.channels();
        StoredSize size = new StoredSize(architecture.storedSize(), architecture.storedSize());
        DatasetStatistics statistics = new DatasetStatistics(channels, size, 0, mean, new float[channels * channels], new float[channels]);
        if (!Finite.all(MemorySegment.ofArray(mean))) {
            throw new CheckpointException(file.file() + " makes no sense: its mean holds values that are not finite");
        }
        try {
            return new Model(architecture, options.resize().orElse(resize), statistics, deviation, classNames);
        } catch (IllegalArgumentException unfit) {
            throw new CheckpointException(file.file() + ": " + unfit.getMessage(), unfit);
        }
    }
}
