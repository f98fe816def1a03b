package alexnet.runner;

import java.nio.file.Path;
import java.util.List;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.data.Dataset;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.training.Checkpoint;
import alexnet.core.training.RunStart;

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
            if (!classes.get(i).equals(dataset.classes().get(i))) {
                throw new CheckpointException(reader.file() + " was trained on other classes: its number " + i + " is "
                        + classes.get(i) + ", that of " + dataset.folder() + " is " + dataset.classes().get(i));
            }
        }
        if (content.architecture().channels() != dataset.channels()) {
            throw new CheckpointException(reader.file() + " takes images of " + content.architecture().channels() + " channels, those of "
                    + dataset.folder() + " have " + dataset.channels());
        }
    }

    /** Where a run begins that goes on from here. */
    RunStart start() {
        return new RunStart(reader.file(), content.history(), content.steps());
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
