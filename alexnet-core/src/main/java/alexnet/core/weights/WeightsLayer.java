package alexnet.core.weights;

import java.util.List;

/**
 * A layer, or a node of a graph, of the network that a file of weights describes.
 *
 * @param name    its name in the file
 * @param type    what it does, in the file's words: {@code Convolution} or {@code Conv}, {@code LRN}, {@code Pooling} or {@code MaxPool}
 * @param tensors the names of the tensors that it takes, weights before biases
 */
public record WeightsLayer(String name, String type, List<String> tensors) {

    public WeightsLayer {
        tensors = List.copyOf(tensors);
    }
}
