package alexnet.core.pretrained;

import java.nio.file.Path;
import java.util.List;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.group.ParameterTensor;
import alexnet.core.model.Model;

/** A trained network's file that another network is to begin from. */
public interface Pretrained extends AutoCloseable {

    /**
     * Opens a model or a checkpoint of this program, whose momenta are passed over.
     *
     * @throws CheckpointException if it cannot be used, also where a weight is not a number
     */
    static Pretrained open(Path file) {
        return OwnNetwork.open(file);
    }

    /** Where it is. */
    Path file();

    /** Whose network it is, in words. */
    String what();

    /** All but its weights. */
    Model model();

    /**
     * Reads some of its parameters into their host arrays.
     *
     * @param tensors of the names and shapes that its architecture has
     * @throws CheckpointException if they cannot be read
     */
    void read(List<ParameterTensor> tensors);

    @Override
    void close();
}
