package alexnet.core.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * The dimensions of a tensor, the last one innermost; none for a single number.
 *
 * @param dimensions their sizes, each 0 or more
 */
public record TensorShape(List<Long> dimensions) {

    public TensorShape {
        dimensions = List.copyOf(dimensions);
        if (dimensions.stream().anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException("shape " + dimensions + " has a negative dimension");
        }
    }

    /** The shape of these dimensions. */
    public static TensorShape of(long... dimensions) {
        return new TensorShape(Arrays.stream(dimensions).boxed().toList());
    }

    /** The shape of these dimensions. */
    public static TensorShape of(List<Integer> dimensions) {
        return new TensorShape(dimensions.stream().map(Integer::longValue).toList());
    }

    /**
     * The number of elements.
     *
     * @throws ArithmeticException if it does not fit into a long
     */
    public long elements() {
        return dimensions.contains(0L) ? 0 : dimensions.stream().reduce(1L, Math::multiplyExact);
    }

    @Override
    public String toString() {
        return dimensions.toString();
    }
}
