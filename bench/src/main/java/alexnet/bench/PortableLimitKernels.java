package alexnet.bench;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What a device can do at best, for every runtime. The number of repetitions comes in an array, because scalars are compiled in. */
final class PortableLimitKernels {

    /** Accumulators of {@link #multiplyAddLanes}. */
    static final int ROWS = 6;
    /** Values of an accumulator: two 256-bit or one 512-bit vector. */
    static final int LANES = 16;
    /** Accumulators of {@link #multiplyAdd}. */
    static final int CHAINS = 8;
    /** Multiply-adds to each of them a repetition. */
    static final int UNROLLED = 16;

    private PortableLimitKernels() {
    }

    /** For processors: {@code a[i] = b[i] + factor * c[i]}, 16 elements a work item. */
    static void triadLanes(int items, float factor, FloatArray a, FloatArray b, FloatArray c) {
        for (@Parallel int item = 0; item < items; item++) {
            // The bound tells a compiler that the indices do not overflow; only then are they neighbours that load as a vector.
            int from = item * LANES < Integer.MAX_VALUE - LANES ? item * LANES : Integer.MAX_VALUE - LANES;
            for (int i = 0; i < LANES; i++) {
                a.set(from + i, b.get(from + i) + factor * c.get(from + i));
            }
        }
    }

    /** For GPUs: {@code a[i] = b[i] + factor * c[i]}, an element a work item. */
    static void triad(int length, float factor, FloatArray a, FloatArray b, FloatArray c) {
        for (@Parallel int i = 0; i < length; i++) {
            a.set(i, b.get(i) + factor * c.get(i));
        }
    }

    /** For processors: a work item keeps six vectors, {@code repetitions[0]} times {@code v = v * factor + 1}; {@code values [items][LANES]}. */
    static void multiplyAddLanes(int items, IntArray repetitions, FloatArray values) {
        for (@Parallel int item = 0; item < items; item++) {
            float[] v0 = new float[LANES];
            float[] v1 = new float[LANES];
            float[] v2 = new float[LANES];
            float[] v3 = new float[LANES];
            float[] v4 = new float[LANES];
            float[] v5 = new float[LANES];
            float factor = values.get(item * LANES);
            for (int i = 0; i < LANES; i++) {
                v0[i] = i;
                v1[i] = i + 1;
                v2[i] = i + 2;
                v3[i] = i + 3;
                v4[i] = i + 4;
                v5[i] = i + 5;
            }
            for (int r = 0; r < repetitions.get(0); r++) {
                for (int i = 0; i < LANES; i++) {
                    v0[i] = v0[i] * factor + 1;
                    v1[i] = v1[i] * factor + 1;
                    v2[i] = v2[i] * factor + 1;
                    v3[i] = v3[i] * factor + 1;
                    v4[i] = v4[i] * factor + 1;
                    v5[i] = v5[i] * factor + 1;
                }
            }
            for (int i = 0; i < LANES; i++) {
                values.set(item * LANES + i, factor + 0 * (v0[i] + v1[i] + v2[i] + v3[i] + v4[i] + v5[i]));
            }
        }
    }

    /**
     * For GPUs: a work item keeps eight values, {@code 16 repetitions[0]} times {@code v = v * factor + 1}; {@code values [items]}.
     * The number is read once and the inner loop unrolled: loads and jumps would take the place of multiply-adds.
     */
    static void multiplyAdd(int items, IntArray repetitions, FloatArray values) {
        for (@Parallel int item = 0; item < items; item++) {
            int count = repetitions.get(0);
            float factor = values.get(item);
            float v0 = item;
            float v1 = item + 1;
            float v2 = item + 2;
            float v3 = item + 3;
            float v4 = item + 4;
            float v5 = item + 5;
            float v6 = item + 6;
            float v7 = item + 7;
            for (int r = 0; r < count; r++) {
                for (int i = 0; i < UNROLLED; i++) {
                    v0 = v0 * factor + 1;
                    v1 = v1 * factor + 1;
                    v2 = v2 * factor + 1;
                    v3 = v3 * factor + 1;
                    v4 = v4 * factor + 1;
                    v5 = v5 * factor + 1;
                    v6 = v6 * factor + 1;
                    v7 = v7 * factor + 1;
                }
            }
            values.set(item, factor + 0 * (v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7));
        }
    }
}
