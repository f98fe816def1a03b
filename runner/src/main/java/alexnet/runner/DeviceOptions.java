package alexnet.runner;

import java.util.List;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.core.model.Entries;
import alexnet.core.network.Architecture;
import alexnet.core.network.LayerTraining;
import alexnet.core.replica.Alone;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Replication;
import alexnet.core.training.TrainingOptions;
import alexnet.kernels.AlgorithmChoice;
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
                    + " group on each. Default: the first GPU, or the first device where there is none, and the next one of its kind. Of several ranks on a"
                    + " machine each has the next two of that kind, in turn, or its own part of a list with semicolons: '0:0,0:1;0:2,0:3'.")
    private String ids;

    @Option(names = "--kernels", paramLabel = "NAME",
            description = "The family of kernels, as 'alexnet devices' lists them. Default: the fastest that the device can run.")
    private String kernels;

    @Option(names = "--convolution", paramLabel = "auto|direct|winograd",
            description = "How convolutions are computed: by their definition, by Winograd's algorithm wherever the kernels have it, or by what is faster"
                    + " for the layer and the batch. Default: auto; with --resume, as the run was begun.")
    private AlgorithmChoice convolution;

    /** What another command's options choose, each null for the default. */
    static DeviceOptions of(CommandSpec spec, String ids, String kernels, AlgorithmChoice convolution) {
        DeviceOptions options = new DeviceOptions();
        options.spec = spec;
        options.ids = ids;
        options.kernels = kernels;
        options.convolution = convolution;
        return options;
    }

    /** Whether a device, kernels or an algorithm were chosen. */
    boolean given() {
        return ids != null || kernels != null || convolution != null;
    }

    /** Options of training with the algorithms that were chosen, and from then on what those options have where none were. */
    TrainingOptions over(TrainingOptions options) {
        convolution = convolution == null ? options.convolution() : convolution;
        return Entries.record(Entries.tree(options).put("convolution", convolution.toString()), TrainingOptions.class);
    }

    /** The device of each part of the network. */
    List<Device> choose() {
        return choose(Alone.REPLICA);
    }

    /** The same of that of one of several ranks. */
    List<Device> choose(Replicas replicas) {
        Devices devices = Devices.ofRuntime();
        List<Device> chosen = ids == null ? devices.byDefault(replicas.localRank()) : devices.byIds(ids(replicas));
        Devices.requireCompilers(chosen);
        chosen.forEach(this::kernelsOf);
        return chosen;
    }

    private String ids(Replicas replicas) {
        String[] ofRanks = ids.split(";", -1);
        Usage.require(spec, ofRanks.length == 1 || !replicas.isAlone(), "--devices is " + ids + ", with devices of " + ofRanks.length + " ranks, but there is one");
        Usage.require(spec, ofRanks.length == 1 || replicas.localRank() < ofRanks.length, "--devices is " + ids + ", with devices of " + ofRanks.length
                + " ranks of a machine, but there is a rank " + replicas.localRank() + ", from 0, on one");
        return ofRanks[Math.min(replicas.localRank(), ofRanks.length - 1)];
    }

    /** Makes sure that a network fits on chosen devices all of whose layers learn, see {@link Memory#require}. */
    long requireMemory(Architecture architecture, int images, List<Device> chosen, int batches) {
        return requireMemory(architecture, LayerTraining.ALIKE, images, chosen, List.of(Replication.NONE), batches);
    }

    /** The same of networks whose layers learn as they are told, each with others. Tells of layers that are not computed as was asked for. */
    long requireMemory(Architecture architecture, LayerTraining training, int images, List<Device> chosen, List<Replication> networks, int batches) {
        long spare = Memory.require(architecture, training, images, chosen, networks, this::kernelsOf, batches);
        if (choice() == AlgorithmChoice.WINOGRAD) {
            new Winograds(architecture, training, images).missing(chosen, placements(chosen)).forEach(spec.commandLine().getErr()::println);
        }
        return spare;
    }

    /** A network on chosen devices. */
    TwoGroupNetwork network(Architecture architecture, int images, List<Device> chosen) {
        return network(architecture, LayerTraining.ALIKE, images, chosen, Replication.NONE);
    }

    /** One whose layers learn as they are told, with others. */
    TwoGroupNetwork network(Architecture architecture, LayerTraining training, int images, List<Device> chosen, Replication replication) {
        return new TwoGroupNetwork(architecture, images, placements(chosen), training, replication);
    }

    /** Each chosen device with its kernels. */
    List<Placement> placements(List<Device> chosen) {
        return chosen.stream().map(device -> new Placement(device.device(), kernelsOf(device))).toList();
    }

    private AlgorithmChoice choice() {
        return convolution == null ? AlgorithmChoice.AUTO : convolution;
    }

    private KernelFamily kernelsOf(Device device) {
        try {
            return kernels == null ? KernelFamilies.of(device.device(), choice()) : KernelFamilies.named(kernels, device.device(), choice());
        } catch (IllegalArgumentException unknown) {
            throw Usage.mistake(spec, unknown.getMessage());
        }
    }
}
