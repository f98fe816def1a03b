package alexnet.core.group;

import alexnet.core.profile.StepProfile.Part;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A graph of a plan and what the groups exchange after it.
 *
 * @param graph    its place in the plan
 * @param part     of the step, for profiles
 * @param meeting  the layer whose maps or their gradients are exchanged; null where nothing is
 * @param outgoing sent to the other group after the graph; may be null
 * @param incoming received from it then; may be null
 */
record Stage(int graph, Part part, String meeting, FloatArray outgoing, FloatArray incoming) {
}
