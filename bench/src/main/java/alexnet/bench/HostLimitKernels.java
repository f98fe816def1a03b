package alexnet.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What the JVM can do at best, with vectors as wide as the machine has them. */
final class HostLimitKernels {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    /** Accumulators of {@link #multiplyAdd}: enough to hide the latency of two units, and they fit into 16 registers. */
    static final int ROWS = 12;
    /** Values of an accumulator. */
    static final int LANES = FLOATS.length();

    private HostLimitKernels() {
    }

    /** Twelve vectors an item, {@code repetitions[0]} times {@code v = v * factor + 1}; {@code values [items][LANES]}. */
    static void multiplyAdd(int items, IntArray repetitions, FloatArray values) {
        int count = repetitions.get(0);
        for (@Parallel int item = 0; item < items; item++) {
            float factor = values.get(item * LANES);
            values.set(item * LANES, factor + 0 * chains(count, factor));
        }
    }

    private static float chains(int count, float by) {
        FloatVector factor = FloatVector.broadcast(FLOATS, by);
        FloatVector one = FloatVector.broadcast(FLOATS, 1);
        FloatVector v0 = one;
        FloatVector v1 = v0.add(1);
        FloatVector v2 = v1.add(1);
        FloatVector v3 = v2.add(1);
        FloatVector v4 = v3.add(1);
        FloatVector v5 = v4.add(1);
        FloatVector v6 = v5.add(1);
        FloatVector v7 = v6.add(1);
        FloatVector v8 = v7.add(1);
        FloatVector v9 = v8.add(1);
        FloatVector v10 = v9.add(1);
        FloatVector v11 = v10.add(1);
        for (int r = 0; r < count; r++) {
            v0 = v0.fma(factor, one);
            v1 = v1.fma(factor, one);
            v2 = v2.fma(factor, one);
            v3 = v3.fma(factor, one);
            v4 = v4.fma(factor, one);
            v5 = v5.fma(factor, one);
            v6 = v6.fma(factor, one);
            v7 = v7.fma(factor, one);
            v8 = v8.fma(factor, one);
            v9 = v9.fma(factor, one);
            v10 = v10.fma(factor, one);
            v11 = v11.fma(factor, one);
        }
        return v0.add(v1).add(v2).add(v3).add(v4.add(v5)).add(v6.add(v7)).add(v8.add(v9)).add(v10.add(v11)).lane(0);
    }

    /** {@code a[i] = b[i] + factor * c[i]}, in blocks that are a multiple of any vector and a divisor of the length. */
    static void triad(int length, int block, float factor, FloatArray a, FloatArray b, FloatArray c) {
        float[] to = (float[]) a.getSegment().heapBase().orElseThrow();
        float[] from = (float[]) b.getSegment().heapBase().orElseThrow();
        float[] by = (float[]) c.getSegment().heapBase().orElseThrow();
        for (@Parallel int part = 0; part < length / block; part++) {
            triad(part * block, (part + 1) * block, factor, to, from, by);
        }
    }

    private static void triad(int from, int to, float factor, float[] a, float[] b, float[] c) {
        for (int i = from; i < to; i += LANES) {
            FloatVector.fromArray(FLOATS, c, i).mul(factor).add(FloatVector.fromArray(FLOATS, b, i)).intoArray(a, i);
        }
    }
}
