package alexnet.core.group;

import java.util.List;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One whole tensor of the network, as ordinary grouped convolutions and fully connected layers have it: all parts'
 * shares, one after the other, since filters and units are its outermost dimension.
 *
 * @param name  {@code conv2.weight}
 * @param shape {@code [filters][channels a filter sees][rows][columns]}, {@code [units][inputs]}, or {@code [filters]}
 * @param parts the parts' host arrays, in order
 */
public record ParameterTensor(String name, List<Integer> shape, List<FloatArray> parts) {

    /** Elements of the whole tensor. */
    public long length() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }
}
