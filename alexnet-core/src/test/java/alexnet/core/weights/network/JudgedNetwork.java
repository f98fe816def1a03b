package alexnet.core.weights.network;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import alexnet.kernels.CounterRandom;

/** A network that others publish, with the made-up weights of {@code scripts/judges/networks.py}, which has the rules. */
enum JudgedNetwork {

    TORCHVISION(500, List.of("features.0", "features.3", "features.6", "features.8", "features.10", "classifier.1", "classifier.4", "classifier.6"),
            List.of(List.of(64, 3, 11, 11), List.of(192, 64, 5, 5), List.of(384, 192, 3, 3), List.of(256, 384, 3, 3), List.of(256, 256, 3, 3),
                    List.of(4096, 9216), List.of(4096, 4096), List.of(1000, 4096))),
    BVLC_ALEXNET(600),
    CAFFENET(700);

    private static final int SEED = 2012;
    private static final int MEAN = 650;
    private static final int STORED = 256;
    private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int purpose;
    private final List<String> layers;
    private final List<List<Integer>> shapes;

    JudgedNetwork(int purpose, List<String> layers, List<List<Integer>> shapes) {
        this.purpose = purpose;
        this.layers = layers;
        this.shapes = shapes;
    }

    /** One of Caffe's. */
    JudgedNetwork(int purpose) {
        this(purpose, List.of("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"),
                List.of(List.of(96, 3, 11, 11), List.of(256, 48, 5, 5), List.of(384, 256, 3, 3), List.of(384, 192, 3, 3), List.of(256, 192, 3, 3),
                        List.of(4096, 9216), List.of(4096, 4096), List.of(1000, 4096)));
    }

    /** Weight and bias of each layer. */
    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            tensors.add(new Tensor(this, layers.get(layer) + ".weight", purpose + 2 * layer, shapes.get(layer)));
            tensors.add(new Tensor(this, layers.get(layer) + ".bias", purpose + 2 * layer + 1, List.of(shapes.get(layer).getFirst())));
        }
        return tensors;
    }

    /**
     * A parameter.
     *
     * @param purpose of the random numbers that it is made of
     */
    record Tensor(JudgedNetwork network, String name, int purpose, List<Integer> shape) {

        long length() {
            return shape.stream().mapToLong(size -> size).reduce(1, Math::multiplyExact);
        }

        /** Writes its elements, little-endian. */
        void fill(MemorySegment floats) {
            if (shape.size() > 1) {
                float scale = (float) Math.sqrt(6.0 / (length() / shape.getFirst())) * (name.startsWith("conv3") ? 1 / 16f : 1);
                IntStream.range(0, (int) length()).parallel().forEach(i -> floats.setAtIndex(FLOATS, i, unit(i) * scale));
            } else {
                float scale = name.startsWith("conv1") || name.startsWith("conv2") ? 64 : 1;
                float shift = name.startsWith(network.layers.getLast()) ? 0 : 1 / 4f;
                IntStream.range(0, (int) length()).forEach(i -> floats.setAtIndex(FLOATS, i, (unit(i) / 8 - shift) * scale));
            }
        }

        private float unit(int i) {
            return (2 * CounterRandom.bits(SEED, purpose, i) - (1 << 24)) / (float) (1 << 24);
        }
    }

    /** The mean image that goes with Caffe's, {@code [blue, green, red][256][256]}. */
    static float[] mean() {
        int[] values = {104, 117, 123};
        float[] mean = new float[values.length * STORED * STORED];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = values[i / (STORED * STORED)] + CounterRandom.below(32, SEED, MEAN, i) - 16;
        }
        return mean;
    }
}
