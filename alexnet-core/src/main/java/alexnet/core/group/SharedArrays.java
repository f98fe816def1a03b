package alexnet.core.group;

import java.util.HashMap;
import java.util.Map;

import alexnet.core.network.GroupShapes;
import alexnet.core.network.Range;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What is the same for several parts, and so is on a device but once: what they see, and what comes out. */
final class SharedArrays {

    /** Of any part; what is asked of them is the same for all. */
    final GroupShapes shapes;
    final BatchInputs inputs;
    final DeviceArrays arrays;
    final FloatArray mean;
    final FloatArray deviation;
    final FloatArray image;
    final FloatArray logits;
    final FloatArray probabilities;
    final FloatArray losses;
    /** What operations work in, null where none needs any. */
    final FloatArray workspace;
    /** By name. Counting allocates nothing, so that values may be null. */
    private final Map<String, FloatArray> seen = new HashMap<>();
    /** Likewise. */
    private final Map<String, FloatArray> gathered = new HashMap<>();
    final RankArrays ranks;

    /**
     * Allocates them.
     *
     * @param shapes    of any part
     * @param ranks     those that the network trains with
     * @param workspace numbers that the operation of all parts needs that needs most
     */
    SharedArrays(GroupShapes shapes, RankArrays ranks, BatchInputs inputs, int workspace, DeviceArrays arrays) {
        this.shapes = shapes;
        this.ranks = ranks;
        this.inputs = inputs;
        this.arrays = arrays;
        int images = shapes.images();
        int outputs = shapes.architecture().classes() * images;
        mean = arrays.floats("mean", shapes.image().imageLength());
        deviation = arrays.floats("deviation", shapes.image().channels());
        image = arrays.floats("image", shapes.image().outputLength());
        logits = arrays.floats("logits", outputs);
        probabilities = arrays.floats("probabilities", outputs);
        losses = arrays.floats("losses", images);
        this.workspace = workspace == 0 ? null : arrays.floats("workspace", workspace);
    }

    /**
     * Those values of a layer's maps that are in a range among those of all parts; there once, however many parts ask for them.
     *
     * @param layer the parts meet behind it
     */
    FloatArray seen(String layer, Range range) {
        String name = layer + ".seen " + range;
        if (!seen.containsKey(name)) {
            seen.put(name, arrays.floats(name, range.length()));
        }
        return seen.get(name);
    }

    /** The inputs of a fully connected layer for the images of all ranks, which come from the host; there once likewise. */
    FloatArray gatheredInputs(String layer, int length) {
        if (!gathered.containsKey(layer)) {
            gathered.put(layer, arrays.transferred(length, () -> ranks.inputs(layer, length)));
        }
        return gathered.get(layer);
    }
}
