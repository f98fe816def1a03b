package alexnet.runner;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.sun.management.OperatingSystemMXBean;

import alexnet.bench.Machine;
import alexnet.core.data.Dataset;
import alexnet.core.data.decode.JpegCodecs;
import alexnet.core.data.feed.TrainingData;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.run.Transfer;
import alexnet.core.run.sink.Configuration;
import alexnet.core.run.sink.Environment;
import alexnet.core.run.sink.ProvenanceFiles;
import alexnet.core.training.TrainingOptions;
import picocli.CommandLine.Model.CommandSpec;

/** Gathers what the results of a run come from. */
final class Provenance {

    private Provenance() {
    }

    /**
     * What a run does.
     *
     * @param spec     of the command
     * @param data     what the user calls the images
     * @param begun    what the network took over from another
     * @param options  of training, as they count
     * @param ofData   of the images, as they count
     * @param results  the folder of the run
     */
    static Configuration configuration(CommandSpec spec, String data, TrainingData prepared, Architecture architecture, Optional<Transfer> begun,
                                       TrainingOptions options, Map<String, Object> ofData, Path results) {
        Dataset dataset = prepared.dataset();
        Map<String, Object> resolved = TrainingKeys.values(spec, options);
        resolved.putAll(ofData);
        resolved.put("convolution", options.convolution());
        resolved.put("resize", prepared.training().preprocessing().resize());
        resolved.put("architecture", isListed(architecture, options) ? architecture.name() : results.resolve(ProvenanceFiles.ARCHITECTURE));
        resolved.put(InitFromOption.KEY, begun.map(transfer -> InitFromOption.path(spec, results).orElse(transfer.file())).orElse(null));
        return new Configuration(Version.program(), GivenOptions.of(spec.commandLine().getParseResult()), ResolvedOptions.of(spec, resolved), architecture, begun,
                new Configuration.Images(data, dataset.folder().toAbsolutePath().normalize(), prepared.training().size(), prepared.validation().size(),
                        prepared.skipped().size(), dataset.classes()));
    }

    private static boolean isListed(Architecture architecture, TrainingOptions options) {
        return Architectures.NAMES.contains(architecture.name())
                && options.network().applyTo(Architectures.named(architecture.name(), architecture.classes(), architecture.channels())).equals(architecture);
    }

    /**
     * What a run is started on, now.
     *
     * @param spec        of the command
     * @param resumedFrom null for a new run
     * @param devices     of the channel groups
     * @param placements  of the channel groups
     */
    static Environment environment(CommandSpec spec, long seed, Path resumedFrom, List<Device> devices, List<Placement> placements) {
        List<Environment.PlacedDevice> placed = new ArrayList<>();
        for (int group = 0; group < devices.size(); group++) {
            Device device = devices.get(group);
            placed.add(new Environment.PlacedDevice(device.id(), device.name(), device.type().name(), device.backend(), device.platform(),
                    device.driver().orElse(null), device.memoryBytes(), placements.get(group).kernels().name()));
        }
        return new Environment(Instant.now().truncatedTo(ChronoUnit.SECONDS), Version.program(),
                GivenOptions.masked(spec.root().commandLine().getParseResult().originalArgs()), Path.of("").toAbsolutePath(), seed,
                resumedFrom == null ? null : resumedFrom.toAbsolutePath().normalize(), Machine.java(),
                vmOptions(), Machine.os(), Environment.hostName(), Machine.processor(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize(), Runtime.getRuntime().maxMemory(),
                Devices.runtimeName(), JpegCodecs.decoderName(), placed, Machine.gpus());
    }

    /** Without the hundreds by which an SDK's own modules see each other. */
    private static List<String> vmOptions() {
        return GivenOptions.masked(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.matches("--add-(exports|opens|reads)=.*")).toList());
    }
}
