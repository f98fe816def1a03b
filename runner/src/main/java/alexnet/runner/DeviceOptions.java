package alexnet.runner;

import java.util.List;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.core.network.Architecture;
import alexnet.core.network.LayerTraining;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the parts of the network compute, and with which kernels. */
@Section("Run")
final class DeviceOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--devices", paramLabel = "ID[,ID]",
            description = "The device of each channel group, as 'alexnet devices' lists them; one ID places both groups on it. Four place half a"
                    + " group on each. Default: the first GPU, or the first device where there is none, and the next one of its kind.")
    private String ids;

    @Option(names = "--kernels", paramLabel = "NAME",
            description = "The family of kernels, as 'alexnet devices' lists them. Default: the fastest that the device can run.")
    private String kernels;

    /** Whether a device or kernels were chosen. */
    boolean given() {
        return ids != null || kernels != null;
    }

    /** The device of each part of the network. */
    List<Device> choose() {
        Devices devices = Devices.ofRuntime();
        List<Device> chosen = ids == null ? devices.byDefault() : devices.byIds(ids);
        Devices.requireCompilers(chosen);
        chosen.forEach(this::kernelsOf);
        return chosen;
    }

    /** A network on chosen devices. */
    TwoGroupNetwork network(Architecture architecture, int images, List<Device> chosen) {
        return network(architecture, LayerTraining.ALIKE, images, chosen);
    }

    /** One whose layers learn as they are told. */
    TwoGroupNetwork network(Architecture architecture, LayerTraining training, int images, List<Device> chosen) {
        return new TwoGroupNetwork(architecture, images, placements(chosen), training);
    }

    /** Each chosen device with its kernels. */
    List<Placement> placements(List<Device> chosen) {
        return chosen.stream().map(device -> new Placement(device.device(), kernelsOf(device))).toList();
    }

    private KernelFamily kernelsOf(Device device) {
        try {
            return kernels == null ? KernelFamilies.of(device.device()) : KernelFamilies.named(kernels, device.device());
        } catch (IllegalArgumentException unknown) {
            throw Usage.mistake(spec, unknown.getMessage());
        }
    }
}
