package alexnet.core.group;

import java.util.List;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The layers of one group between two meetings of the groups.
 *
 * @param name      of the last of them
 * @param layers    in order
 * @param learning  those of them that the way back comes to: from the lowest one of the network that learns
 * @param last      whether it is the network's last, whose maps are the logits and whose gradient comes from the loss
 * @param own       the maps that this group computes, those of the last layer
 * @param length    values in them
 * @param offset    where they begin among those of all groups
 * @param all       the maps of all groups
 * @param allLength values in them
 */
record Segment(String name, List<GroupLayer> layers, List<GroupLayer> learning, boolean last, FloatArray own, int length, int offset, FloatArray all, int allLength) {

    /** Whether the groups hand each other the gradients by its maps. */
    boolean getsGradients() {
        return !last && !learning.isEmpty();
    }

    /** Values in the other group's maps. */
    int otherLength() {
        return allLength - length;
    }

    /** Where the other group's maps begin among those of all groups. */
    int otherOffset() {
        return offset == 0 ? length : 0;
    }
}
