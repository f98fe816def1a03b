package alexnet.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import alexnet.core.network.GroupShapes;
import alexnet.core.network.LayerAlgorithms;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
import alexnet.core.replica.Replication;
import alexnet.kernels.ImageShape;
import alexnet.kernels.KernelFamily;

/**
 * The parts of one execution plan, with all their arrays.
 *
 * @param shared   what is there once
 * @param groups   in order
 * @param meetings behind each segment
 */
record PlacedGroups(SharedArrays shared, List<GroupLayers> groups, List<Link.Meeting> meetings) {

    private static PlacedGroups of(Partition partition, LayerTraining training, int images, List<Integer> parts, BatchInputs inputs,
                                   RankArrays ranks, Link link, KernelFamily kernels, Supplier<DeviceArrays> arrays) {
        List<GroupShapes> shapes = parts.stream().map(part -> new GroupShapes(partition, part, images)).toList();
        int workspace = shapes.stream().flatMap(part -> LayerAlgorithms.of(part, training, ranks.replication, kernels).stream())
                .mapToInt(LayerAlgorithms::workspaceLength).max().orElse(0);
        SharedArrays shared = new SharedArrays(shapes.getFirst(), ranks, inputs, workspace, arrays.get());
        List<GroupLayers> layers = shapes.stream().map(part -> new GroupLayers(part, training, shared, kernels, Optimizer.CHOSEN, arrays.get())).toList();
        return new PlacedGroups(shared, layers,
                IntStream.range(0, layers.getFirst().segments.size()).mapToObj(segment -> link.meeting(layers, segment)).toList());
    }

    /** Allocates all arrays, also those that the kernels need. */
    static PlacedGroups allocate(Partition partition, LayerTraining training, int images, List<Integer> parts, BatchInputs inputs, RankArrays ranks,
                                 Link link, KernelFamily kernels) {
        return of(partition, training, images, parts, inputs, ranks, link, kernels, DeviceArrays::allocating);
    }

    /** Bytes that their arrays take on the device. */
    static long deviceBytes(Partition partition, LayerTraining training, int images, List<Integer> parts, Replication replication,
                            Link link, KernelFamily kernels) {
        // Counting allocates nothing, so any batch will do.
        BatchInputs unused = new BatchInputs(new ImageShape(1, 1, 1, 1, 1, 1));
        PlacedGroups counted = of(partition, training, images, parts, unused, new RankArrays(replication), link, kernels, DeviceArrays::counting);
        return counted.shared.arrays.bytes() + counted.groups.stream().mapToLong(group -> group.arrays.bytes()).sum()
                + counted.shared.shapes.image().pixelLength();
    }

    /** Every array that stays on the device. */
    List<Object> residents() {
        List<Object> residents = new ArrayList<>(shared.arrays.all());
        groups.forEach(group -> residents.addAll(group.arrays.all()));
        return residents;
    }

    /** The parameters of all of them. */
    List<Parameter> parameters() {
        return groups.stream().flatMap(group -> group.parameters().stream()).toList();
    }
}
