package alexnet.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Names;
import alexnet.core.data.TestSet;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.run.RunStart;
import alexnet.core.training.Checkpoint;

/**
 * A checkpoint file that is being used.
 *
 * @param reader  open on the file
 * @param content everything but the tensors
 */
record OpenCheckpoint(SafetensorsReader reader, Checkpoint content) implements AutoCloseable {

    /**
     * Reads everything but the tensors, which are only looked at: whether they are numbers.
     *
     * @throws CheckpointException if it cannot be used
     */
    static OpenCheckpoint open(Path file) {
        SafetensorsReader reader = SafetensorsReader.open(file);
        try {
            Checkpoint content = Checkpoint.read(reader);
            reader.requireFinite();
            return new OpenCheckpoint(reader, content);
        } catch (RuntimeException unfit) {
            reader.close();
            throw unfit;
        }
    }

    /**
     * Makes sure that labels and channels of a data set mean the same as those that the network was trained on.
     *
     * @throws CheckpointException if they don't
     */
    void requireFit(Dataset dataset) {
        List<String> classes = content.classes();
        if (classes.size() != dataset.classes().size()) {
            throw new CheckpointException(reader.file() + " has " + classes.size() + " classes, " + dataset.folder() + " has "
                    + dataset.classes().size());
        }
        for (int i = 0; i < classes.size(); i++) {
            if (!Names.composed(classes.get(i)).equals(Names.composed(dataset.classes().get(i)))) {
                throw new CheckpointException(reader.file() + " was trained on other classes: its number " + i + " is "
                        + classes.get(i) + ", that of " + dataset.folder() + " is " + dataset.classes().get(i));
            }
        }
        requireChannels(dataset.folder(), dataset.channels());
    }

    private void requireChannels(Path folder, int channels) {
        if (content.architecture().channels() != channels) {
            throw new CheckpointException(reader.file() + " takes images of " + content.architecture().channels() + " channels, those of "
                    + folder + " have " + channels);
        }
    }

    /** By what the images are known again that it was trained on, if it says so. */
    Optional<Fingerprint> fingerprint() {
        return Checkpoint.fingerprint(reader);
    }

    /**
     * The numbers that the network gives to the classes of a test set, which need not have all of them.
     *
     * @throws CheckpointException if it doesn't know one of them, or takes images of another kind
     */
    int[] labels(TestSet set) {
        requireChannels(set.folder(), set.images().channels());
        List<String> known = content.classes().stream().map(Names::composed).toList();
        return set.classes().stream().mapToInt(name -> {
            int label = known.indexOf(Names.composed(name));
            if (label < 0) {
                throw new CheckpointException(set.folder() + " has the class " + name + ", which " + reader.file()
                        + " was not trained on: it knows " + Names.some(content.classes()) + "; leave that class out");
            }
            return label;
        }).toArray();
    }

    /** Where a run begins that goes on from here. */
    RunStart start() {
        return new RunStart(reader.file(), content.state());
    }

    /** Loads a network of the same architecture with the parameters, momenta and mean image. */
    void load(TwoGroupNetwork network) {
        Checkpoint.readTensors(reader, network);
        network.setMean(content.statistics().mean());
        network.load();
    }

    @Override
    public void close() {
        reader.close();
    }
}
