package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The biases of convolutions and fully connected layers: a row of the output, all its pixels and images, has one. */
public final class BiasKernels {

    /** Numbers that are added into the same partial sums before these go to the total: long float sums lose digits. */
    private static final int PART = 4096;

    private BiasKernels() {
    }

    /**
     * Adds its bias to each row of a block of outputs, then takes {@code max(0, .)} where {@code relu} is set; NaN stays
     * NaN.
     *
     * @param start     the place of the block's first element
     * @param stride    how far apart its rows are
     * @param firstBias the bias of its first row
     */
    static void add(float[] values, int start, int stride, float[] biases, int firstBias, int rows, int columns,
                    boolean relu) {
        // Without ReLU, a floor that every number passes.
        float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
        for (int row = 0; row < rows; row++) {
            float bias = biases[firstBias + row];
            int i = start + row * stride;
            int end = i + columns;
            for (; i <= end - Lanes.COUNT; i += Lanes.COUNT) {
                FloatVector.fromArray(FLOATS, values, i).add(bias).max(floor).intoArray(values, i);
            }
            for (; i < end; i++) {
                values[i] = Math.max(values[i] + bias, floor);
            }
        }
    }

    /** {@code biasGradient[row] = sum of outputGradient[row]}, rows of {@code length} numbers. A block is a row. */
    public static void gradient(int rows, int length, FloatArray outputGradient, FloatArray biasGradient) {
        float[] gradient = HostArrays.floats(outputGradient);
        float[] sums = HostArrays.floats(biasGradient);
        float[] lanes = Scratch.ofThread().floats(Lanes.COUNT);
        for (@Parallel int row = 0; row < rows; row++) {
            Arrays.fill(lanes, 0, Lanes.COUNT, 0);
            for (int part = 0; part < length; part += PART) {
                addPart(gradient, row * length + part, row * length + Math.min(length, part + PART), lanes);
            }
            sums[row] = Lanes.sum(lanes, 0);
        }
    }

    private static void addPart(float[] values, int from, int to, float[] lanes) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int i = from;
        for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
            sum = sum.add(FloatVector.fromArray(FLOATS, values, i));
        }
        sum.add(FloatVector.fromArray(FLOATS, lanes, 0)).intoArray(lanes, 0);
        for (int lane = 0; i < to; i++, lane++) {
            lanes[lane] += values[i];
        }
    }
}
