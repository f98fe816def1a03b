package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.Initial;
import alexnet.core.network.Layer;
import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamilies;

/** Units whose ReLU lets nothing through learn nothing, whichever layer goes back through it. */
class DeadUnitsTest {

    private static final int IMAGES = 3;

    private static Architecture with(Layer... behind) {
        Layer dead = new Layer.Convolution("conv1", 4, 3, 1, 1, Layer.Sees.BOTH_GROUPS, new Initial(0.02f, -100_000));
        Layer classes = new Layer.FullyConnected("fc", 5, new Initial(0.1f, 0));
        String name = String.join(", ", Arrays.stream(behind).map(Layer::name).toList());
        return new Architecture(name, 1, 12, 9, Stream.of(Stream.of(dead), Arrays.stream(behind), Stream.of(classes)).flatMap(layers -> layers).toList());
    }

    static Stream<Architecture> architectures() {
        Layer pool = new Layer.MaxPool("pool", 3, 2, false);
        Layer norm = new Layer.Normalization("norm", 3, 1e-3f, 0.75f, 2, Layer.Sees.OWN_GROUP);
        Layer across = new Layer.Normalization("across", 3, 1e-3f, 0.75f, 2, Layer.Sees.BOTH_GROUPS);
        Layer drop = new Layer.Dropout("drop", 0.5f, true);
        Layer conv = new Layer.Convolution("conv2", 4, 3, 1, 1, Layer.Sees.OWN_GROUP, new Initial(0.1f, 1));
        if (Devices.onTornado()) {
            // Which compiles the kernels of every network.
            return Stream.of(with(norm, pool), with(pool, drop), with(conv));
        }
        return Stream.of(with(pool), with(norm), with(norm, pool), with(pool, norm), with(across, pool), with(pool, drop), with(drop, pool),
                with(conv), with());
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void learnNothing(Architecture architecture) {
        Device device = Devices.ofRuntime().byDefault().getFirst();
        var placement = new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()));
        try (TwoGroupNetwork network = new TwoGroupNetwork(architecture, IMAGES, List.of(placement, placement))) {
            network.initialize(3);
            List<float[]> before = values(network);
            network.load();
            BatchInputs inputs = network.inputs();
            inputs.makeUp(architecture, 5);
            Hyper.setAll(inputs.hyper, Hyper.RATE, 1);
            inputs.hyper.set(Hyper.LOSS_SCALE, 1f / IMAGES);
            network.train();
            network.save();
            List<float[]> after = values(network);
            assertArrayEquals(before.getFirst(), after.getFirst());
            assertFalse(Arrays.equals(before.getLast(), after.getLast()), "the classes learn");
        }
    }

    /** The first part's share of each parameter. */
    private static List<float[]> values(TwoGroupNetwork network) {
        return network.parameters().stream().map(tensor -> tensor.parts().getFirst().toHeapArray()).toList();
    }
}
