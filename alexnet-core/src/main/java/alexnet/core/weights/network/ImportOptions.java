package alexnet.core.weights.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.ClassName;
import alexnet.core.data.Resize;
import alexnet.core.weights.WeightsFile;

/**
 * What a file of weights does not say, or says otherwise than wanted.
 *
 * @param architecture the name of the one that it is, where the file leaves that open
 * @param mean         a file of the mean image of the training set
 * @param resize       how images come to their size
 * @param classNames   of the last layer's units, in their order
 */
public record ImportOptions(Optional<String> architecture, Optional<Path> mean, Optional<Resize> resize, Optional<List<ClassName>> classNames) {

    /** All as the file says. */
    public static final ImportOptions NONE = new ImportOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws CheckpointException if there is a mean image for a network that has its own */
    void requireNoMean(WeightsFile file, String kind) {
        if (mean.isPresent()) {
            throw new CheckpointException(file.file() + " is " + kind + ", whose mean is known: leave out --mean");
        }
    }

    /** @throws CheckpointException if another architecture was asked for than the file has */
    void requireArchitecture(WeightsFile file, String name) {
        if (architecture.filter(wanted -> !wanted.equals(name)).isPresent()) {
            throw new CheckpointException(file.file() + " holds the architecture " + name + ", not " + architecture.get() + ": leave out --as");
        }
    }

    /** @throws CheckpointException if there are names for another number of classes */
    Optional<List<ClassName>> classNames(WeightsFile file, int classes) {
        if (classNames.filter(names -> names.size() != classes).isPresent()) {
            throw new CheckpointException(file.file() + " has " + classes + " classes, but --classes names " + classNames.get().size());
        }
        return classNames;
    }
}
