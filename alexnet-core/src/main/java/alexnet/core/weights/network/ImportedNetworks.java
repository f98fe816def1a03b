package alexnet.core.weights.network;

import java.nio.file.Path;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormats;

/** The networks that are known of files of weights. */
public final class ImportedNetworks {

    private ImportedNetworks() {
    }

    /** The same, with all as the file says. */
    public static ImportedNetwork open(Path file) {
        return open(file, ImportOptions.NONE);
    }

    /**
     * Opens a file of any format and finds which network it holds, from its tensors.
     *
     * @throws CheckpointException if it holds none that is known, or one that does not fit: naming the first tensor that is missing, of
     *                             another shape, or one too many
     */
    public static ImportedNetwork open(Path file, ImportOptions options) {
        WeightsFile weights = WeightsFormats.open(file);
        try {
            throw new CheckpointException(file + " holds no network that is known");
        } catch (RuntimeException | Error unfit) {
            weights.close();
            throw unfit;
        }
    }
}
