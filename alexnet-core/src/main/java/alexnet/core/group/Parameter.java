package alexnet.core.group;

import java.util.List;

import alexnet.kernels.ParameterGroup;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One part's share of one weight or bias tensor, with what the optimizer keeps of it and its gradient if it learns; all of one length,
 * on the device.
 *
 * @param name     {@code conv1.weight}, {@code fc8.bias}
 * @param group    with which it shares its learning rate and weight decay
 * @param values   the parameters
 * @param learns   whether training changes it
 * @param rate     what multiplies its group's learning rate
 * @param states   one for each of {@link Optimizer#states()}; none where it doesn't learn
 * @param gradient of the mean loss of the last batch; null where it doesn't learn
 */
public record Parameter(String name, ParameterGroup group, FloatArray values, boolean learns, float rate, List<FloatArray> states, FloatArray gradient) {

    static Parameter allocate(DeviceArrays arrays, String name, ParameterGroup group, int length, boolean learns, float rate, Optimizer optimizer) {
        return new Parameter(name, group, arrays.floats(name, length), learns, rate,
                learns ? optimizer.states().stream().map(state -> arrays.floats(name + "." + state, length)).toList() : List.of(),
                learns ? arrays.floats(name + ".gradient", length) : null);
    }
}
