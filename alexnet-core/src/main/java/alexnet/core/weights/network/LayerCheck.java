package alexnet.core.weights.network;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.network.Architecture;
import alexnet.core.network.Layer;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsNode;

/**
 * Makes sure that the layers that a file describes compute what those of an architecture do: their order, strides, padding, pooling,
 * normalisation and which way round weights are, which no shape of a tensor tells. What a file leaves out has its format's default; a layer without a single number is not looked at.
 */
final class LayerCheck {

    /** Of decimal fractions that are stored in 32 bits. */
    private static final double TOLERANCE = 1e-6;

    /** Of Caffe's ways of pooling. */
    private static final int MAXIMUM = 0;
    /** Of Caffe's ways of normalisation. */
    private static final int ACROSS_CHANNELS = 0;

    private static final Map<String, Class<? extends Layer>> KINDS = Map.of("Convolution", Layer.Convolution.class, "Conv", Layer.Convolution.class,
            "Pooling", Layer.MaxPool.class, "MaxPool", Layer.MaxPool.class, "LRN", Layer.Normalization.class,
            "InnerProduct", Layer.FullyConnected.class, "Gemm", Layer.FullyConnected.class);
    /** What computes something that neither network of Caffe does. */
    private static final Set<String> FOREIGN = Set.of("AveragePool", "GlobalAveragePool", "GlobalMaxPool", "Deconvolution", "ConvTranspose", "MatMul",
            "BatchNorm", "BatchNormalization", "InstanceNormalization", "MVN", "Scale", "Bias", "Power", "Eltwise", "Add", "Sub", "Mul", "Div", "Concat",
            "PReLU", "PRelu", "ELU", "Elu", "LeakyRelu", "Sigmoid", "TanH", "Tanh", "BNLL", "AbsVal", "Abs", "Exp");

    private LayerCheck() {
    }

    /** @throws CheckpointException naming the first layer that differs */
    static void require(WeightsFile file, Architecture architecture) {
        List<WeightsNode> nodes = file.nodes().stream().filter(node -> KINDS.containsKey(node.type()) || FOREIGN.contains(node.type())).toList();
        requireOrder(file, nodes, architecture.layers().stream().filter(layer -> !(layer instanceof Layer.Dropout)).toList());
        for (Class<? extends Layer> kind : Set.copyOf(KINDS.values())) {
            List<WeightsNode> theirs = nodes.stream().filter(node -> KINDS.get(node.type()) == kind).toList();
            List<Layer> ours = architecture.layers().stream().filter(kind::isInstance).toList();
            for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
                require(file, theirs.get(i), ours.get(i));
            }
        }
    }

    /** Where layers with weights are missing or too many, the tensors tell; a file without other layers leaves them to the user. */
    private static void requireOrder(WeightsFile file, List<WeightsNode> nodes, List<Layer> layers) {
        if (weighted(nodes.stream().map(node -> KINDS.get(node.type()))) != weighted(layers.stream().map(Object::getClass))
                || nodes.stream().allMatch(node -> isWeighted(KINDS.get(node.type())))) {
            return;
        }
        for (int i = 0; i < Math.max(nodes.size(), layers.size()); i++) {
            String ours = i < layers.size() ? layers.get(i).name() : "nothing";
            if (i >= nodes.size()) {
                throw unfit(file, "without " + ours);
            } else if (i >= layers.size() || !layers.get(i).getClass().equals(KINDS.get(nodes.get(i).type()))) {
                throw unfit(file, "with " + (nodes.get(i).type() + " " + nodes.get(i).name()).strip() + " where " + ours + " should be");
            }
        }
    }

    private static long weighted(Stream<Class<?>> kinds) {
        return kinds.filter(LayerCheck::isWeighted).count();
    }

    private static boolean isWeighted(Class<?> kind) {
        return kind != null && Layer.Weighted.class.isAssignableFrom(kind);
    }

    private static void require(WeightsFile file, WeightsNode node, Layer layer) {
        if (!List.of("NOTSET", "VALID").contains(node.texts().getOrDefault("auto_pad", "NOTSET"))) {
            throw unfit(file, "with padding of " + name(node, layer) + " that is left to the program that runs it");
        }
        if (node.numbers().isEmpty() && !(layer instanceof Layer.FullyConnected)) {
            return;
        }
        switch (layer) {
            case Layer.Convolution c -> {
                require(file, node, c, "stride", either(node, "stride", "strides", 1), c.stride());
                require(file, node, c, "padding", either(node, "pad", "pads", 0), c.padding());
                for (double padding : node.numbers().getOrDefault("pads", List.of())) {
                    require(file, node, c, "padding", padding, c.padding());
                }
                require(file, node, c, "dilation", either(node, "dilation", "dilations", 1), 1);
            }
            case Layer.Normalization n -> {
                boolean caffe = !node.numbers().containsKey("size") && !node.numbers().containsKey("bias");
                require(file, node, n, "size", either(node, "local_size", "size", 5), n.size());
                require(file, node, n, "alpha", node.number("alpha", caffe ? 1 : 1e-4), (double) n.alpha() * n.size());
                require(file, node, n, "beta", node.number("beta", 0.75), n.beta());
                require(file, node, n, "k", either(node, "k", "bias", 1), n.k());
                require(file, node, n, "region", node.number("norm_region", ACROSS_CHANNELS), ACROSS_CHANNELS);
            }
            case Layer.MaxPool p -> {
                require(file, node, p, "method", node.number("pool", MAXIMUM), MAXIMUM);
                require(file, node, p, "size", either(node, "kernel_size", "kernel_shape", p.size()), p.size());
                require(file, node, p, "stride", either(node, "stride", "strides", 1), p.stride());
            }
            case Layer.FullyConnected f -> {
                boolean caffe = node.type().equals("InnerProduct");
                require(file, node, f, caffe ? "transpose" : "transB", caffe ? node.number("transpose", 0) : node.number("transB", 0), caffe ? 0 : 1);
                require(file, node, f, "transA", node.number("transA", 0), 0);
                require(file, node, f, "alpha", node.number("alpha", 1), 1);
                require(file, node, f, "beta", node.number("beta", 1), 1);
            }
            case Layer.Dropout _ -> { }
        }
    }

    private static double either(WeightsNode node, String caffes, String onnxs, double otherwise) {
        return node.number(caffes, node.number(caffes.replace("_size", "") + "_h", node.number(onnxs, otherwise)));
    }

    private static void require(WeightsFile file, WeightsNode node, Layer layer, String what, double theirs, double ours) {
        if (!(Math.abs(theirs - ours) <= TOLERANCE)) {
            throw unfit(file, "with another " + what + " of " + name(node, layer) + ": " + (float) theirs + ", not " + (float) ours);
        }
    }

    private static String name(WeightsNode node, Layer layer) {
        return node.name().isEmpty() ? layer.name() : node.name();
    }

    private static CheckpointException unfit(WeightsFile file, String how) {
        return new CheckpointException(file.file() + " has a network like Caffe's, but " + how);
    }
}
