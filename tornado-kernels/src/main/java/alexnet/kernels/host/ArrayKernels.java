package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;

import alexnet.kernels.Hyper;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Element by element, in one pass over memory. Arrays {@code [length]}, from an offset where there is one. */
final class ArrayKernels {

    /** Elements of a block. */
    private static final int BLOCK = 8192;

    private ArrayKernels() {
    }

    /** The number of blocks of every kernel. */
    static int blocks(int length) {
        return Math.ceilDiv(length, BLOCK);
    }

    /** In place: {@code gradient = output > 0 ? gradient : 0} (paper, section 3.1). */
    static void reluGradient(int length, int blocks, FloatArray output, FloatArray gradient) {
        float[] out = HostArrays.floats(output);
        float[] result = HostArrays.floats(gradient);
        for (@Parallel int block = 0; block < blocks; block++) {
            keepPositive(out, result, block * BLOCK, Math.min(length, (block + 1) * BLOCK));
        }
    }

    /** {@code target[targetOffset + i] = source[sourceOffset + i]}. */
    static void copy(int length, int blocks, FloatArray source, int sourceOffset, FloatArray target, int targetOffset) {
        float[] from = HostArrays.floats(source);
        float[] to = HostArrays.floats(target);
        for (@Parallel int block = 0; block < blocks; block++) {
            int start = block * BLOCK;
            System.arraycopy(from, sourceOffset + start, to, targetOffset + start, Math.min(BLOCK, length - start));
        }
    }

    /** {@code target[i] = a[aOffset + i] + b[i]}. */
    static void add(int length, int blocks, FloatArray a, int aOffset, FloatArray b, FloatArray target) {
        float[] left = HostArrays.floats(a);
        float[] right = HostArrays.floats(b);
        float[] sums = HostArrays.floats(target);
        for (@Parallel int block = 0; block < blocks; block++) {
            sum(left, aOffset, right, sums, block * BLOCK, Math.min(length, (block + 1) * BLOCK));
        }
    }

    /**
     * Stochastic gradient descent with momentum and weight decay (paper, section 5):
     * {@code v = momentum * v - decay * rate * w - rate * gradient; w = w + v}.
     */
    static void sgd(int length, int blocks, boolean decayed, FloatArray hyper, FloatArray gradient, FloatArray momenta,
                    FloatArray weights) {
        float rate = hyper.get(Hyper.RATE);
        float decay = decayed ? hyper.get(Hyper.WEIGHT_DECAY) * rate : 0;
        float momentum = hyper.get(Hyper.MOMENTUM);
        float[] g = HostArrays.floats(gradient);
        float[] v = HostArrays.floats(momenta);
        float[] w = HostArrays.floats(weights);
        for (@Parallel int block = 0; block < blocks; block++) {
            step(rate, decay, momentum, g, v, w, block * BLOCK, Math.min(length, (block + 1) * BLOCK));
        }
    }

    private static void keepPositive(float[] out, float[] gradient, int from, int to) {
        for (int i = from; i < to; i += Lanes.COUNT) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, to);
            VectorMask<Float> positive = FloatVector.fromArray(FLOATS, out, i, mask).compare(VectorOperators.GT, 0);
            FloatVector.zero(FLOATS).blend(FloatVector.fromArray(FLOATS, gradient, i, mask), positive).intoArray(gradient, i, mask);
        }
    }

    private static void sum(float[] left, int leftOffset, float[] right, float[] sums, int from, int to) {
        for (int i = from; i < to; i += Lanes.COUNT) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, to);
            FloatVector.fromArray(FLOATS, left, leftOffset + i, mask).add(FloatVector.fromArray(FLOATS, right, i, mask))
                    .intoArray(sums, i, mask);
        }
    }

    private static void step(float rate, float decay, float momentum, float[] g, float[] v, float[] w, int from, int to) {
        for (int i = from; i < to; i += Lanes.COUNT) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, to);
            FloatVector weight = FloatVector.fromArray(FLOATS, w, i, mask);
            FloatVector change = FloatVector.fromArray(FLOATS, v, i, mask).mul(momentum).sub(weight.mul(decay))
                    .sub(FloatVector.fromArray(FLOATS, g, i, mask).mul(rate));
            change.intoArray(v, i, mask);
            weight.add(change).intoArray(w, i, mask);
        }
    }
}
