package alexnet.core.weights.network;

import java.util.List;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.network.Architecture;
import alexnet.core.network.Layer;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsNode;

/**
 * Makes sure that the layers that a file describes compute what those of an architecture do: strides, padding, pooling and normalisation, which
 * no shape of a tensor tells. What a file leaves out has its format's default; a layer without a single number is not looked at.
 */
final class LayerCheck {

    /** Of decimal fractions that are stored in 32 bits. */
    private static final double TOLERANCE = 1e-6;

    /** Of Caffe's ways of pooling. */
    private static final int MAXIMUM = 0;

    private LayerCheck() {
    }

    /** @throws CheckpointException naming the first layer that differs */
    static void require(WeightsFile file, Architecture architecture) {
        requireAll(file, List.of("Convolution", "Conv"), architecture.layers().stream().filter(Layer.Convolution.class::isInstance).toList());
        requireAll(file, List.of("Pooling", "MaxPool"), architecture.layers().stream().filter(Layer.MaxPool.class::isInstance).toList());
        requireAll(file, List.of("LRN"), architecture.layers().stream().filter(Layer.Normalization.class::isInstance).toList());
    }

    private static void requireAll(WeightsFile file, List<String> types, List<Layer> layers) {
        List<WeightsNode> nodes = file.nodes().stream().filter(node -> types.contains(node.type())).toList();
        for (int i = 0; i < Math.min(nodes.size(), layers.size()); i++) {
            WeightsNode node = nodes.get(i);
            if (!node.numbers().isEmpty()) {
                switch (layers.get(i)) {
                    case Layer.Convolution c -> {
                        require(file, node, c, "stride", either(node, "stride", "strides", 1), c.stride());
                        require(file, node, c, "padding", either(node, "pad", "pads", 0), c.padding());
                    }
                    case Layer.Normalization n -> {
                        boolean caffe = !node.numbers().containsKey("size") && !node.numbers().containsKey("bias");
                        require(file, node, n, "size", either(node, "local_size", "size", 5), n.size());
                        require(file, node, n, "alpha", node.number("alpha", caffe ? 1 : 1e-4), (double) n.alpha() * n.size());
                        require(file, node, n, "beta", node.number("beta", 0.75), n.beta());
                        require(file, node, n, "k", either(node, "k", "bias", 1), n.k());
                    }
                    case Layer.MaxPool p -> {
                        require(file, node, p, "method", node.number("pool", MAXIMUM), MAXIMUM);
                        require(file, node, p, "size", either(node, "kernel_size", "kernel_shape", p.size()), p.size());
                        require(file, node, p, "stride", either(node, "stride", "strides", 1), p.stride());
                    }
                    case Layer.FullyConnected _, Layer.Dropout _ -> { }
                }
            }
        }
    }

    private static double either(WeightsNode node, String caffes, String onnxs, double otherwise) {
        return node.number(caffes, node.number(caffes.replace("_size", "") + "_h", node.number(onnxs, otherwise)));
    }

    private static void require(WeightsFile file, WeightsNode node, Layer layer, String what, double theirs, double ours) {
        if (!(Math.abs(theirs - ours) <= TOLERANCE)) {
            throw new CheckpointException(file.file() + " has a network like Caffe's, but with another " + what + " of " + (node.name().isEmpty() ? layer.name() : node.name())
                    + ": " + (float) theirs + ", not " + (float) ours);
        }
    }
}
