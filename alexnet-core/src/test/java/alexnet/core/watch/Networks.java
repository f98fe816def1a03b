package alexnet.core.watch;

import java.util.List;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.Initialization;
import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamilies;

/** Small networks with a made-up batch. */
final class Networks {

    static final int IMAGES = 3;

    private Networks() {
    }

    /** Initialised but not loaded; on one device or on two. */
    static TwoGroupNetwork small(boolean together) {
        return small(together, IMAGES, AlgorithmChoice.AUTO);
    }

    /** The same with a batch of that many images, computed by such algorithms. */
    static TwoGroupNetwork small(boolean together, int images, AlgorithmChoice choice) {
        List<Device> devices = Devices.ofRuntime().byDefault();
        Architecture architecture = Initialization.KAIMING.applyTo(Architecture.alexnetSmall(4, 1));
        TwoGroupNetwork network = new TwoGroupNetwork(architecture, images, List.of(devices.getFirst(), together ? devices.getFirst() : devices.getLast())
                .stream().map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device(), choice))).toList());
        network.initialize(7);
        network.inputs().makeUp(architecture, 3);
        Hyper.setAll(network.inputs().hyper, Hyper.RATE, 0.001f);
        network.inputs().hyper.set(Hyper.MOMENTUM, 0.9f);
        network.inputs().hyper.set(Hyper.LOSS_SCALE, 1f / images);
        return network;
    }
}
