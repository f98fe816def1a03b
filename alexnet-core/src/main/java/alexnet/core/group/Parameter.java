package alexnet.core.group;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One part's share of one weight or bias tensor, with its momentum and gradient; all three of one length, on the device.
 *
 * @param name     {@code conv1.weight}, {@code fc8.bias}
 * @param values   the parameters
 * @param momentum the update of the last step, v in the paper (section 5)
 * @param gradient of the mean loss of the last batch
 */
public record Parameter(String name, FloatArray values, FloatArray momentum, FloatArray gradient) {

    static Parameter allocate(DeviceArrays arrays, String name, int length) {
        return new Parameter(name, arrays.floats(name, length), arrays.floats(name + ".momentum", length),
                arrays.floats(name + ".gradient", length));
    }
}
