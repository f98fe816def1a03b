package alexnet.core.group;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
import alexnet.core.network.Range;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The layers of one part with the device arrays that are theirs alone, cut into segments: a segment begins where a layer sees
 * maps of other parts, and with the first layer.
 */
final class GroupLayers {

    final GroupShapes shapes;
    final LayerTraining training;
    /** The place of the lowest layer that learns. */
    final int lowest;
    final SharedArrays shared;
    final DeviceArrays arrays;
    final Optimizer optimizer;
    final List<Segment> segments;
    /** By layer, from the last that learns to the first; none where gradients stay as a rank has computed them. */
    final Map<String, LayerReduction> reductions = new LinkedHashMap<>();
    /** Two arrays that the gradients by the maps go back and forth between; each is large enough for the largest. */
    final FloatArray scratch;
    final FloatArray otherScratch;

    /** Allocates the arrays that are this part's alone, and that these kernels need. */
    GroupLayers(GroupShapes shapes, LayerTraining training, SharedArrays shared, KernelFamily kernels, Optimizer optimizer, DeviceArrays arrays) {
        this.shapes = shapes;
        this.training = training;
        this.lowest = training.lowest(shapes.architecture());
        this.shared = shared;
        this.arrays = arrays;
        this.optimizer = optimizer;
        segments = List.copyOf(buildSegments(kernels));
        int largest = shapes.entries().stream().skip(lowest + 1).mapToInt(entry -> entry.input().length()).max().orElse(0);
        int lastOwn = shapes.entries().getLast().output().length();
        int scratchLength = Math.multiplyExact(Math.max(largest, lastOwn), shapes.images());
        scratch = arrays.floats("scratch", scratchLength);
        otherScratch = arrays.floats("otherScratch", scratchLength);
        if (!shared.ranks.replication.none()) {
            addReductions();
        }
    }

    /** The part's layers, in order. */
    List<GroupLayer> layers() {
        return segments.stream().flatMap(segment -> segment.layers().stream()).toList();
    }

    /** The parameters of the part, in the order of the layers. */
    List<Parameter> parameters() {
        return layers().stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    /** The device array of that name, the part's own or one that all parts share. */
    Object named(String name) {
        return shared.arrays.has(name) ? shared.arrays.named(name) : arrays.named(name);
    }

    private List<Segment> buildSegments(KernelFamily kernels) {
        List<Segment> built = new ArrayList<>();
        List<GroupLayer> layers = new ArrayList<>();
        List<GroupShapes.Entry> entries = shapes.entries();
        FloatArray current = shared.image;
        boolean kept = true;
        int dropouts = 0;
        for (int i = 0; i < entries.size(); i++) {
            GroupShapes.Entry entry = entries.get(i);
            if (entry.share().meets()) {
                built.add(segment(layers, i, current));
                layers = new ArrayList<>();
                current = built.getLast().seen().array();
            }
            GroupLayer layer = layer(i, current, kept, dropouts, kernels);
            dropouts += layer instanceof GroupLayer.Dropout ? 1 : 0;
            layers.add(layer);
            kept = layer.keepsOutput();
            current = layer.output();
        }
        built.add(segment(layers, entries.size(), current));
        return built;
    }

    private void addReductions() {
        for (int s = segments.size() - 1; s >= 0; s--) {
            for (GroupLayer layer : segments.get(s).layers().reversed()) {
                if (layer.learns()) {
                    reductions.put(layer.name(), reduction(s, layer));
                }
            }
        }
    }

    private LayerReduction reduction(int segment, GroupLayer layer) {
        return switch (layer) {
            case GroupLayer.FullyConnected f when shared.ranks.replication.gathers(f.shape(), units(f)) -> gathered(segment, f);
            case GroupLayer.FullyConnected f -> LayerReduction.Summed.allocate(arrays, f, shapes.part(), List.of(f.shape().weightLength(), f.shape().units()));
            case GroupLayer.Convolution c -> LayerReduction.Summed.allocate(arrays, c, shapes.part(), List.of(c.shape().weightLength(), c.shape().filters()));
            case GroupLayer.Normalization _, GroupLayer.MaxPool _, GroupLayer.Dropout _ -> throw new IllegalArgumentException(layer.name() + " does not learn");
        };
    }

    private int units(GroupLayer.FullyConnected layer) {
        return ((Layer.FullyConnected) shapes.architecture().layer(layer.name())).units();
    }

    /** Every part sees all inputs: where there are others, the parts have met before the layer, and it begins a segment. */
    private LayerReduction gathered(int segment, GroupLayer.FullyConnected layer) {
        Range all = new Range(0, shapes.part() == 0 ? layer.shape().inputLength() : 0);
        Values own = segment == 0 ? new Values(all, layer.input()) : segments.get(segment - 1).own();
        FullyConnectedShape ofAllRanks = shared.ranks.replication.ofAllRanks(layer.shape());
        return new LayerReduction.Gathered(layer, shapes.part(), ofAllRanks, shapes.images(), own,
                arrays.floats(layer.name() + ".outputGradient", layer.shape().outputLength()),
                shared.gatheredInputs(layer.name(), ofAllRanks.inputLength()), arrays.transferred(ofAllRanks.outputLength()));
    }

    /** The segment that ends before the layer of an index. */
    private Segment segment(List<GroupLayer> layers, int next, FloatArray own) {
        GroupShapes.Entry end = shapes.entries().get(next - 1);
        String name = end.layer().name();
        boolean last = next == shapes.entries().size();
        int still = Math.clamp(lowest - (next - layers.size()), 0, layers.size());
        int values = Math.multiplyExact(end.plane(), shapes.images());
        List<Range> owns = new ArrayList<>();
        List<Range> sees = new ArrayList<>();
        for (int part = 0; part < shapes.partition().parts(); part++) {
            List<Partition.Share> shares = shapes.partition().shares(part);
            owns.add(shares.get(next - 1).own().times(values));
            sees.add(last ? new Range(0, shapes.architecture().classes() * values) : shares.get(next).seen().times(values));
        }
        Range seen = sees.get(shapes.part());
        return new Segment(name, List.copyOf(layers), List.copyOf(layers.subList(still, layers.size())), last, shapes.part(), owns, sees,
                new Values(owns.get(shapes.part()), own), new Values(seen, last ? shared.logits : shared.seen(name, seen)));
    }

    /** Whether the layer behind that of an index goes back through its ReLU, too. */
    private boolean gated(int index) {
        List<GroupShapes.Entry> entries = shapes.entries();
        return index >= 0 && index + 1 < entries.size() && entries.get(index).layer() instanceof Layer.Convolution
                && !entries.get(index + 1).share().meets()
                && (entries.get(index + 1).layer() instanceof Layer.Normalization || entries.get(index + 1).layer() instanceof Layer.MaxPool);
    }

    private GroupLayer layer(int index, FloatArray input, boolean kept, int dropouts, KernelFamily kernels) {
        GroupShapes.Entry entry = shapes.entries().get(index);
        boolean isLowest = index == lowest;
        boolean relu = gated(index - 1);
        String name = entry.layer().name();
        String task = name + "_part" + shapes.part();
        boolean learns = training.learns(entry.layer());
        float rate = training.rate(entry.layer());
        int outputLength = Math.multiplyExact(entry.output().length(), shapes.images());
        return switch (entry.layer()) {
            case Layer.Convolution _ -> {
                var shape = shapes.convolution(entry);
                yield new GroupLayer.Convolution(name, task, shape, isLowest, gated(index), input, arrays.floats(name, outputLength),
                        GroupLayer.Weights.allocate(arrays, name, shape.weightLength(), shape.filters(), learns, rate, optimizer));
            }
            case Layer.Normalization _ -> {
                var shape = shapes.normalization(entry);
                int scales = kernels.scalesLength(shape);
                yield new GroupLayer.Normalization(name, task, shape, relu, input,
                        scales == 0 ? null : arrays.floats(name + ".scales", scales), arrays.floats(name, outputLength));
            }
            case Layer.MaxPool _ -> new GroupLayer.MaxPool(name, task, shapes.pooling(entry), relu, input,
                    arrays.floats(name, outputLength), arrays.ints(name + ".winners", outputLength));
            case Layer.FullyConnected f -> {
                var shape = shapes.fullyConnected(entry);
                yield new GroupLayer.FullyConnected(name, task, shape, !shapes.architecture().isLast(f), isLowest, input,
                        arrays.floats(name, outputLength),
                        GroupLayer.Weights.allocate(arrays, name, shape.weightLength(), shape.units(), learns, rate, optimizer));
            }
            case Layer.Dropout d -> new GroupLayer.Dropout(name, task, shapes.images(), entry.output().length(),
                    entry.share().own().from() * entry.plane(), dropouts, d.rate(), d.inverted(), shared.inputs, input,
                    kept ? arrays.floats(name, outputLength) : input);
        };
    }
}
