package alexnet.core.group;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One part's share of one weight or bias tensor, with its momentum and gradient if it learns; all of one length, on the device.
 *
 * @param name     {@code conv1.weight}, {@code fc8.bias}
 * @param values   the parameters
 * @param learns   whether training changes it
 * @param momentum the update of the last step, v in the paper (section 5); null where it doesn't learn
 * @param gradient of the mean loss of the last batch; likewise
 */
public record Parameter(String name, FloatArray values, boolean learns, FloatArray momentum, FloatArray gradient) {

    static Parameter allocate(DeviceArrays arrays, String name, int length, boolean learns) {
        return new Parameter(name, arrays.floats(name, length), learns, learns ? arrays.floats(name + ".momentum", length) : null,
                learns ? arrays.floats(name + ".gradient", length) : null);
    }
}
