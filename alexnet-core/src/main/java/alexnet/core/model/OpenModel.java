package alexnet.core.model;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.data.ClassNumbers;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Names;
import alexnet.core.data.TestSet;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.weights.WeightsFormats;

/**
 * A model's file that is being used.
 *
 * @param reader open on the file
 * @param model  everything but the weights
 */
public record OpenModel(SafetensorsReader reader, Model model) implements AutoCloseable {

    /**
     * Opens a file and makes sure that it is as it was written and its weights are numbers.
     *
     * @throws CheckpointException if it cannot be used
     */
    public static OpenModel open(Path file) {
        SafetensorsReader reader = reader(file);
        try {
            OpenModel open = new OpenModel(reader, ModelFile.read(reader));
            reader.verify();
            return open;
        } catch (RuntimeException | Error unfit) {
            reader.close();
            throw unfit;
        }
    }

    private static SafetensorsReader reader(Path file) {
        try {
            return SafetensorsReader.open(file);
        } catch (CheckpointException unfit) {
            throw WeightsFormats.foreign(file).map(format -> new CheckpointException(file + " (" + format + ") is no model of this program; import makes one of it",
                    unfit)).orElse(unfit);
        }
    }

    /**
     * Makes sure that labels and channels of a data set mean the same as those that the network was trained on.
     *
     * @throws CheckpointException if they don't
     */
    public void requireFit(Dataset dataset) {
        List<String> classes = model.classes();
        List<String> others = dataset.classes();
        if (classes.size() != others.size()) {
            throw new CheckpointException(reader.file() + " has " + classes.size() + " classes, " + dataset.folder() + " has " + others.size());
        }
        for (int i = 0; i < classes.size(); i++) {
            if (!Names.composed(classes.get(i)).equals(Names.composed(others.get(i)))) {
                throw new CheckpointException(reader.file() + " was trained on other classes: its number " + i + " is "
                        + classes.get(i) + ", that of " + dataset.folder() + " is " + others.get(i));
            }
        }
        requireChannels(dataset.folder(), dataset.channels());
    }

    private void requireChannels(Path folder, int channels) {
        if (model.architecture().channels() != channels) {
            throw new CheckpointException(reader.file() + " takes images of " + model.architecture().channels() + " channels, those of "
                    + folder + " have " + channels);
        }
    }

    /**
     * The numbers that the network gives to the classes of a test set, which need not have all of them.
     *
     * @throws CheckpointException if it doesn't know one of them, or takes images of another kind
     */
    public int[] labels(TestSet set) {
        requireChannels(set.folder(), set.images().channels());
        List<String> known = model.classes();
        Map<String, Integer> labels = new HashMap<>();
        IntStream.range(0, known.size()).forEach(label -> labels.putIfAbsent(Names.composed(known.get(label)), label));
        List<String> classes = set.classes();
        return classes.stream().mapToInt(name -> {
            Integer label = labels.get(Names.composed(name));
            if (label == null) {
                throw new CheckpointException(set.folder() + " has the class " + name + ", which " + reader.file()
                        + " was not trained on: it knows " + Names.some(known) + "; " + ClassNumbers.advice(known, classes));
            }
            return label;
        }).toArray();
    }

    /** By what the images are known again that it was trained on, if it says so. */
    public Optional<Fingerprint> fingerprint() {
        return ModelFile.fingerprint(reader);
    }

    /**
     * Loads a network of the same architecture with the weights and what is done to its images.
     *
     * @throws CheckpointException if they cannot be read
     */
    public void load(TwoGroupNetwork network) {
        ModelFile.readTensors(reader, network.parameters());
        network.setMean(model.statistics().mean());
        network.setDeviation(model.deviations());
        network.load();
    }

    @Override
    public void close() {
        reader.close();
    }
}
