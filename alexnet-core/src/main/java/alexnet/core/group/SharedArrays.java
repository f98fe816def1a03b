package alexnet.core.group;

import java.util.ArrayList;
import java.util.List;

import alexnet.core.network.GroupShapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What is the same for every group, and so is on a device but once: what all of them see, and what comes out. */
final class SharedArrays {

    /** Of any group; what is asked of them is the same for all. */
    final GroupShapes shapes;
    final BatchInputs inputs;
    final DeviceArrays arrays;
    final FloatArray mean;
    final FloatArray deviation;
    final FloatArray image;
    /** The maps of all groups behind each segment; behind the last they are the logits. */
    final List<FloatArray> maps = new ArrayList<>();
    final FloatArray probabilities;
    final FloatArray losses;

    /** Allocates them; any group's shapes will do. */
    SharedArrays(GroupShapes shapes, BatchInputs inputs, DeviceArrays arrays) {
        this.shapes = shapes;
        this.inputs = inputs;
        this.arrays = arrays;
        int images = shapes.images();
        int logits = shapes.architecture().classes() * images;
        mean = arrays.floats("mean", shapes.image().imageLength());
        deviation = arrays.floats("deviation", shapes.image().channels());
        image = arrays.floats("image", shapes.image().outputLength());
        List<GroupShapes.Entry> entries = shapes.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).seesBoth()) {
                maps.add(arrays.floats(entries.get(i - 1).layer().name() + ".both", Math.multiplyExact(entries.get(i).input().length(), images)));
            }
        }
        maps.add(arrays.floats(entries.getLast().layer().name() + ".both", logits));
        probabilities = arrays.floats("probabilities", logits);
        losses = arrays.floats("losses", images);
    }
}
