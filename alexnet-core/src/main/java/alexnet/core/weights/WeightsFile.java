package alexnet.core.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A file of weights that is open: its tensors stay readable until it is closed. */
public interface WeightsFile extends AutoCloseable {

    /** Where it is. */
    Path file();

    /** What it is, in words, such as {@code PyTorch zip}. */
    String format();

    /** Its tensors by name, in the file's order. */
    Map<String, WeightsTensor> tensors();

    /** What it says beside them; empty where its format has no room for it. */
    Map<String, String> metadata();

    /** The network that it describes, in the file's order; none where its format has no room for it. */
    default List<WeightsNode> nodes() {
        return List.of();
    }

    @Override
    void close();
}
