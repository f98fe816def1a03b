package alexnet.core.weights.network;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsNode;
import alexnet.core.weights.WeightsTensor;

/** A file of tensors that are there by name and shape; their elements are zeros, or those given. */
final class StubWeights implements WeightsFile {

    private record Stub(String name, String type, List<Integer> shape, float[] elements) implements WeightsTensor {

        @Override
        public MemorySegment floats() {
            return MemorySegment.ofArray(elements == null ? new float[shape.stream().reduce(1, (a, b) -> a * b)] : elements);
        }
    }

    private final Map<String, WeightsTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<WeightsNode> nodes = new ArrayList<>();
    private boolean closed;

    StubWeights tensor(String name, Integer... shape) {
        tensors.put(name, new Stub(name, "F32", List.of(shape), null));
        return this;
    }

    StubWeights tensor(String name, List<Integer> shape, float... elements) {
        tensors.put(name, new Stub(name, "F32", shape, elements));
        return this;
    }

    StubWeights without(String name) {
        tensors.remove(name);
        return this;
    }

    StubWeights says(String entry, String text) {
        metadata.put(entry, text);
        return this;
    }

    StubWeights node(String name, String type, Map<String, List<Double>> numbers, String... its) {
        nodes.add(new WeightsNode(name, type, List.of(), List.of(), List.of(its), numbers, Map.of()));
        return this;
    }

    /** Torchvision's, with something before each name. */
    static StubWeights torchvision(String prefix, int classes) {
        return new StubWeights().tensor(prefix + "features.0.weight", 64, 3, 11, 11).tensor(prefix + "features.0.bias", 64)
                .tensor(prefix + "features.3.weight", 192, 64, 5, 5).tensor(prefix + "features.3.bias", 192)
                .tensor(prefix + "features.6.weight", 384, 192, 3, 3).tensor(prefix + "features.6.bias", 384)
                .tensor(prefix + "features.8.weight", 256, 384, 3, 3).tensor(prefix + "features.8.bias", 256)
                .tensor(prefix + "features.10.weight", 256, 256, 3, 3).tensor(prefix + "features.10.bias", 256)
                .tensor(prefix + "classifier.1.weight", 4096, 9216).tensor(prefix + "classifier.1.bias", 4096)
                .tensor(prefix + "classifier.4.weight", 4096, 4096).tensor(prefix + "classifier.4.bias", 4096)
                .tensor(prefix + "classifier.6.weight", classes, 4096).tensor(prefix + "classifier.6.bias", classes);
    }

    private StubWeights layer(String name, String type, Map<String, List<Double>> numbers, List<Integer> weights) {
        return tensor(name + "/0", weights.toArray(Integer[]::new)).tensor(name + "/1", weights.getFirst()).node(name, type, numbers, name + "/0", name + "/1");
    }

    /** One of Caffe's, as its files have it. */
    static StubWeights caffe(boolean pooledFirst, String last, int classes) {
        Map<String, List<Double>> normalization = Map.of("local_size", List.of(5d), "alpha", List.of((double) 1e-4f), "beta", List.of(0.75));
        Map<String, Map<String, List<Double>>> others = Map.of("norm", normalization, "pool", Map.of());
        List<String> between = pooledFirst ? List.of("pool", "norm") : List.of("norm", "pool");
        StubWeights file = new StubWeights().layer("conv1", "Convolution", Map.of("stride", List.of(4d)), List.of(96, 3, 11, 11));
        between.forEach(kind -> file.node(kind + 1, kind.equals("norm") ? "LRN" : "Pooling", others.get(kind)));
        file.layer("conv2", "Convolution", Map.of("pad", List.of(2d)), List.of(256, 48, 5, 5));
        between.forEach(kind -> file.node(kind + 2, kind.equals("norm") ? "LRN" : "Pooling", others.get(kind)));
        return file.layer("conv3", "Convolution", Map.of("pad", List.of(1d)), List.of(384, 256, 3, 3))
                .layer("conv4", "Convolution", Map.of("pad", List.of(1d)), List.of(384, 192, 3, 3))
                .layer("conv5", "Convolution", Map.of("pad", List.of(1d)), List.of(256, 192, 3, 3))
                .node("pool5", "Pooling", Map.of())
                .layer("fc6", "InnerProduct", Map.of(), List.of(4096, 9216))
                .layer("fc7", "InnerProduct", Map.of(), List.of(4096, 4096))
                .layer(last, "InnerProduct", Map.of(), List.of(classes, 4096));
    }

    /** With one of its nodes as given. */
    StubWeights changed(String name, String type, Map<String, List<Double>> numbers) {
        nodes.replaceAll(node -> node.name().equals(name) ? new WeightsNode(name, type, List.of(), List.of(), node.tensors(), numbers, Map.of()) : node);
        return this;
    }

    @Override
    public Path file() {
        return Path.of("weights.file");
    }

    @Override
    public String format() {
        return "stub";
    }

    @Override
    public Map<String, WeightsTensor> tensors() {
        return tensors;
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public List<WeightsNode> nodes() {
        return nodes;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
