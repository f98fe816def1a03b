package alexnet.runner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import alexnet.core.device.Device;
import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.core.network.LayerAlgorithms;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;

/**
 * Which convolutions of a network Winograd's algorithm does not compute although it was asked for.
 *
 * @param training which layers learn
 * @param images   in a batch
 */
record Winograds(Architecture architecture, LayerTraining training, int images) {

    /** A line a device, naming the layers and passes and what computes them; none where there are none. */
    List<String> missing(List<Device> devices, List<Placement> placements) {
        Partition partition = new Partition(architecture, devices.size());
        Set<String> lines = new LinkedHashSet<>();
        for (int part = 0; part < devices.size(); part++) {
            Map<String, List<String>> byAlgorithm = new LinkedHashMap<>();
            LayerAlgorithms.of(new GroupShapes(partition, part, images), training, placements.get(part).kernels()).stream()
                    .filter(layer -> architecture.layer(layer.layer()) instanceof Layer.Convolution)
                    .forEach(layer -> addMissing(layer, byAlgorithm));
            String kernels = placements.get(part).kernels().name();
            String device = devices.get(part).id();
            byAlgorithm.forEach((algorithm, passes) -> lines.add("--convolution winograd: at batch size " + images
                    + " the " + kernels + " kernels on " + device + " compute " + String.join(", ", passes) + " by '" + algorithm + "', the only way they have"));
        }
        return List.copyOf(lines);
    }

    private static void addMissing(LayerAlgorithms layer, Map<String, List<String>> byAlgorithm) {
        Set<LayerAlgorithms.Use> used = new HashSet<>(layer.passes().values());
        if (used.stream().map(LayerAlgorithms.Use::algorithm).distinct().count() == 1 && used.iterator().next().direct()) {
            byAlgorithm.computeIfAbsent(used.iterator().next().algorithm(), _ -> new ArrayList<>()).add(layer.layer());
            return;
        }
        layer.passes().forEach((pass, use) -> {
            if (use.direct()) {
                byAlgorithm.computeIfAbsent(use.algorithm(), _ -> new ArrayList<>()).add(layer.layer() + "'s " + pass.label());
            }
        });
    }
}
