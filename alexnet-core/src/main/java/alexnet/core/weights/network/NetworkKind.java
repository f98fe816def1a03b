package alexnet.core.weights.network;

import java.util.List;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.model.Model;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsTensor;

/** A kind of file with a network of ours in it: what its tensors are called, and what its makers do to an image. */
interface NetworkKind {

    /** Whose network it is, as {@code torchvision's alexnet}. */
    String name();

    /** Whether a file itself says that it is of this kind. Where none does, it is of that which knows most names of its tensors. */
    default boolean isSaidBy(WeightsFile file) {
        return false;
    }

    /** The file's tensors as this kind reads them; {@link NamedTensors#NONE} where the file cannot be of it. */
    NamedTensors tensors(WeightsFile file);

    /** Its name of a parameter of ours, for messages. */
    default String theirs(String ours) {
        return ours;
    }

    /**
     * All but the weights.
     *
     * @param tensors of the file
     * @param notes   is told what was chosen
     * @throws CheckpointException if the file leaves open what it has to say
     */
    Model model(WeightsFile file, NamedTensors tensors, ImportOptions options, List<String> notes);

    /** A parameter as our network takes it, which differs by what an image's channels are, for one. */
    default WeightsTensor converted(String ours, WeightsTensor tensor) {
        return tensor;
    }
}
