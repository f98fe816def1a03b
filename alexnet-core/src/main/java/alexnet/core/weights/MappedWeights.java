package alexnet.core.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A file of weights that is mapped into memory.
 *
 * @param mapped closed with it
 */
public record MappedWeights(MappedFile mapped, String format, Map<String, WeightsTensor> tensors, Map<String, String> metadata,
                            List<WeightsNode> nodes) implements WeightsFile {

    @Override
    public Path file() {
        return mapped.path();
    }

    @Override
    public void close() {
        mapped.close();
    }
}
