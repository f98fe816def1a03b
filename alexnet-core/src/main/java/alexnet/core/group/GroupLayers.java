package alexnet.core.group;

import java.util.ArrayList;
import java.util.List;

import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.kernels.ImageShape;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The layers of one group with all their device arrays, cut into segments: a segment begins where a layer sees both groups'
 * maps, and with the first layer.
 */
final class GroupLayers {

    /**
     * The layers between two meetings of the groups.
     *
     * @param layers          in order
     * @param ownOutput       the maps that this group hands on, those of the last layer
     * @param ownLength       values in them
     * @param peerLength      values in the other group's
     * @param ownFirst        whether this group's maps come first among both groups'
     * @param bothOutputs     both groups' maps, for the next segment, own and received put together
     * @param receivedOutput  the other group's maps, as the exchange delivers them
     * @param sentGradient    the gradient by the other group's maps, which this group sends on the way back; null in the
     *                        last segment, whose gradient comes from the loss
     * @param receivedGradient the gradient by the own maps that the other group sends; null in the last segment
     */
    record Segment(String name, List<GroupLayer> layers, FloatArray ownOutput, int ownLength, int peerLength,
                   boolean ownFirst, FloatArray bothOutputs, FloatArray receivedOutput, FloatArray sentGradient,
                   FloatArray receivedGradient) {

        /** Where the own maps begin among both groups'. */
        int ownOffset() {
            return ownFirst ? 0 : peerLength;
        }

        /** Where the other group's maps begin. */
        int peerOffset() {
            return ownFirst ? ownLength : 0;
        }
    }

    final GroupShapes shapes;
    final DeviceArrays arrays;
    final BatchInputs inputs;
    final FloatArray mean;
    final FloatArray image;
    final List<Segment> segments;
    /** Two arrays that the gradients by the maps go back and forth between; each is large enough for the largest. */
    final FloatArray scratch;
    final FloatArray otherScratch;
    final FloatArray probabilities;
    final FloatArray losses;

    private GroupLayers(GroupShapes shapes, DeviceArrays arrays, BatchInputs inputs) {
        this.shapes = shapes;
        this.arrays = arrays;
        this.inputs = inputs;
        int images = shapes.images();
        mean = arrays.floats("mean", shapes.image().imageLength());
        image = arrays.floats("image", shapes.image().outputLength());
        segments = List.copyOf(buildSegments());
        int largest = shapes.entries().stream().skip(1).mapToInt(entry -> entry.input().length()).max().orElse(0);
        int lastOwn = shapes.entries().getLast().output().length();
        int scratchLength = Math.multiplyExact(Math.max(largest, lastOwn), images);
        scratch = arrays.floats("scratch", scratchLength);
        otherScratch = arrays.floats("otherScratch", scratchLength);
        probabilities = arrays.floats("probabilities", shapes.architecture().classes() * images);
        losses = arrays.floats("losses", images);
    }

    /** The layers with their arrays allocated. */
    static GroupLayers allocate(GroupShapes shapes, BatchInputs inputs) {
        return new GroupLayers(shapes, DeviceArrays.allocating(), inputs);
    }

    /** Bytes that one group's arrays take on its device. */
    static long deviceBytes(GroupShapes shapes) {
        // Counting allocates nothing, so any batch will do.
        BatchInputs unused = new BatchInputs(new ImageShape(1, 1, 1, 1, 1, 1));
        return new GroupLayers(shapes, DeviceArrays.counting(), unused).arrays.bytes() + shapes.image().pixelLength();
    }

    /** The parameters of the group, in the order of the layers. */
    List<Parameter> parameters() {
        return segments.stream().flatMap(segment -> segment.layers().stream()).flatMap(layer -> layer.parameters().stream()).toList();
    }

    private List<Segment> buildSegments() {
        List<Segment> built = new ArrayList<>();
        List<GroupLayer> layers = new ArrayList<>();
        List<GroupShapes.Entry> entries = shapes.entries();
        FloatArray current = image;
        boolean kept = true;
        int dropouts = 0;
        for (int i = 0; i < entries.size(); i++) {
            GroupShapes.Entry entry = entries.get(i);
            if (entry.seesBoth()) {
                Segment segment = segment(layers, entries.get(i - 1), current, false);
                built.add(segment);
                layers = new ArrayList<>();
                current = segment.bothOutputs();
            }
            GroupLayer layer = layer(entry, current, kept, i == 0, dropouts);
            dropouts += layer instanceof GroupLayer.Dropout ? 1 : 0;
            layers.add(layer);
            kept = layer.keepsOutput();
            current = layer.output();
        }
        built.add(segment(layers, entries.getLast(), current, true));
        return built;
    }

    private Segment segment(List<GroupLayer> layers, GroupShapes.Entry last, FloatArray output, boolean lastSegment) {
        int images = shapes.images();
        int own = last.output().length() * images;
        int both = lastSegment ? shapes.architecture().classes() * images : own * Architecture.GROUPS;
        int peer = both - own;
        String name = last.layer().name();
        return new Segment(name, List.copyOf(layers), output, own, peer, shapes.group() == 0,
                arrays.floats(name + ".both", both),
                arrays.transferred(peer),
                lastSegment ? null : arrays.floats(name + ".sentGradient", peer),
                lastSegment ? null : arrays.transferred(own));
    }

    private GroupLayer layer(GroupShapes.Entry entry, FloatArray input, boolean kept, boolean first, int dropouts) {
        String name = entry.layer().name();
        int outputLength = Math.multiplyExact(entry.output().length(), shapes.images());
        return switch (entry.layer()) {
            case Layer.Convolution _ -> {
                var shape = shapes.convolution(entry);
                yield new GroupLayer.Convolution(name, shape, first, input, arrays.floats(name, outputLength),
                        GroupLayer.Weights.allocate(arrays, name, shape.weightLength(), shape.filters()), inputs.hyper);
            }
            case Layer.Normalization _ -> new GroupLayer.Normalization(name, shapes.normalization(entry), input,
                    arrays.floats(name + ".scales", outputLength), arrays.floats(name, outputLength));
            case Layer.MaxPool _ -> new GroupLayer.MaxPool(name, shapes.pooling(entry), input,
                    arrays.floats(name, outputLength), arrays.ints(name + ".winners", outputLength));
            case Layer.FullyConnected f -> {
                var shape = shapes.fullyConnected(entry);
                yield new GroupLayer.FullyConnected(name, shape, !shapes.architecture().isLast(f), input,
                        arrays.floats(name, outputLength),
                        GroupLayer.Weights.allocate(arrays, name, shape.weightLength(), shape.units()), inputs.hyper);
            }
            case Layer.Dropout d -> new GroupLayer.Dropout(name, shapes.images(), entry.output().length(), entry.offset(),
                    dropouts, d.rate(), inputs, input, kept ? arrays.floats(name, outputLength) : input);
        };
    }
}
