package alexnet.core.group;

import java.util.HashMap;
import java.util.Map;

import alexnet.core.replica.Replication;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** With whom a network trains, and the host arrays that all of its parts share for that, on whatever devices they are. */
final class RankArrays {

    final Replication replication;
    private final Map<String, FloatArray> inputs = new HashMap<>();

    RankArrays(Replication replication) {
        this.replication = replication;
    }

    /** The inputs of a fully connected layer for the images of all ranks. */
    FloatArray inputs(String layer, int length) {
        return inputs.computeIfAbsent(layer, _ -> new FloatArray(length));
    }
}
