package alexnet.core.weights.network;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormats;

/** The networks that are known of files of weights. */
public final class ImportedNetworks {

    /** Those that say what they are first. */
    private static final List<NetworkKind> ALL = List.of(new OwnModel(), new OwnExport(), new Torchvision(), new Caffe());

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
            return of(weights, options);
        } catch (RuntimeException | Error unfit) {
            weights.close();
            throw unfit;
        }
    }

    /** The same of a file that is open; it stays so if it is refused. */
    public static ImportedNetwork of(WeightsFile file, ImportOptions options) {
        for (NetworkKind kind : ALL) {
            if (kind.isSaidBy(file)) {
                return new Fitting(file, kind, kind.tensors(file)).fit(options);
            }
        }
        // What knows fewer than half of the layers by name is no damaged network of the kind, but another network.
        return ALL.stream().map(kind -> new Fitting(file, kind, kind.tensors(file)))
                .filter(fitting -> fitting.named().parameters().size() >= ParameterNames.OWN.layers().size())
                .reduce((best, next) -> next.named().parameters().size() > best.named().parameters().size() ? next : best)
                .orElseThrow(() -> new CheckpointException(file.file() + " (" + file.format() + ") holds no network that is known" + first(file)
                        + "; there are " + ALL.stream().map(NetworkKind::name).collect(Collectors.joining(", "))))
                .fit(options);
    }

    private static String first(WeightsFile file) {
        return file.tensors().values().stream().findFirst().map(tensor -> ": its " + file.tensors().size() + " tensors begin with " + tensor.name() + " "
                + tensor.shape()).orElse(": it has no tensors");
    }
}
