package alexnet.core.group;

import java.util.List;

import alexnet.core.network.Range;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The layers of one part between two meetings of the parts.
 *
 * @param name     of the last of them
 * @param layers   in order
 * @param learning those of them that the way back comes to: from the lowest one of the network that learns
 * @param last     whether it is the network's last, whose maps are the logits and whose gradient comes from the loss
 * @param part     whose they are
 * @param owns     which values of the last layer's maps each part computes
 * @param sees     which of them each part sees behind the meeting
 * @param own      the values that this part computes
 * @param seen     the values that it sees
 */
record Segment(String name, List<GroupLayer> layers, List<GroupLayer> learning, boolean last, int part, List<Range> owns, List<Range> sees,
               Values own, Values seen) {

    /** Whether the parts hand each other the gradients by its maps. */
    boolean getsGradients() {
        return !last && !learning.isEmpty();
    }

    /** What another part sees of this one's. */
    Range sentTo(int other) {
        return own.range().overlap(sees.get(other));
    }

    /** What this part sees of another's. */
    Range receivedFrom(int other) {
        return seen.range().overlap(owns.get(other));
    }

    /** The gradient by what this part sees, in scratch. */
    Values seenGradient(FloatArray scratch) {
        return new Values(seen.range(), scratch);
    }

    /** The gradient by this part's own maps, in scratch. */
    Values ownGradient(FloatArray scratch) {
        return new Values(own.range(), scratch);
    }
}
