package alexnet.core.weights.protobuf;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsNode;
import alexnet.core.weights.WeightsTensor;

/**
 * A file of weights in protocol buffers.
 *
 * @param mapped closed with it
 */
public record ProtobufWeights(MappedFile mapped, String format, Map<String, WeightsTensor> tensors, Map<String, String> metadata,
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
