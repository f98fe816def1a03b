package alexnet.kernels;

/** Checks that the shape records share. */
final class Shapes {

    private Shapes() {
    }

    /** Throws unless every value of the name, value, name, value ... list is at least one. */
    static void requirePositive(String what, Object... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            int value = (Integer) namesAndValues[i + 1];
            if (value < 1) {
                throw new IllegalArgumentException(what + ": " + namesAndValues[i] + " is " + value + ", must be at least 1");
            }
        }
    }

    /** The product of the extents; an array is indexed by int, so a product beyond that range is refused. */
    static int length(String what, int... extents) {
        long length = 1;
        for (int extent : extents) {
            length = Math.multiplyExact(length, (long) extent);
        }
        if (length > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException(what + ": " + length + " elements are more than one array holds; use a smaller batch");
        }
        return (int) length;
    }
}
