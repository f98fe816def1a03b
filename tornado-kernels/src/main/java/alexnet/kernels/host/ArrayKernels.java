package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;

import alexnet.kernels.Hyper;
import jdk.incubator.vector.FloatVector;
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

    private static void keepPositive(float[] out, float[] gradient, int from, int to) {
        int i = from;
        for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
            FloatVector kept = FloatVector.fromArray(FLOATS, gradient, i);
            FloatVector.zero(FLOATS).blend(kept, FloatVector.fromArray(FLOATS, out, i).compare(VectorOperators.GT, 0))
                    .intoArray(gradient, i);
        }
        for (; i < to; i++) {
            gradient[i] = out[i] > 0 ? gradient[i] : 0;
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

    /** {@code target[targetOffset + i] += source[sourceOffset + i]}. */
    static void add(int length, int blocks, FloatArray source, int sourceOffset, FloatArray target, int targetOffset) {
        float[] terms = HostArrays.floats(source);
        float[] sums = HostArrays.floats(target);
        for (@Parallel int block = 0; block < blocks; block++) {
            sum(terms, sourceOffset, sums, targetOffset, block * BLOCK, Math.min(length, (block + 1) * BLOCK));
        }
    }

    private static void sum(float[] terms, int termsOffset, float[] sums, int sumsOffset, int from, int to) {
        int i = from;
        for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
            FloatVector term = FloatVector.fromArray(FLOATS, terms, termsOffset + i);
            FloatVector.fromArray(FLOATS, sums, sumsOffset + i).add(term).intoArray(sums, sumsOffset + i);
        }
        for (; i < to; i++) {
            sums[sumsOffset + i] += terms[termsOffset + i];
        }
    }

    /**
     * Stochastic gradient descent with momentum and weight decay (paper, section 5):
     * {@code v = momentum * v - decay * rate * w - rate * gradient; w = w + v}, decay that of the parameters' group, rate
     * too but for the layer's factor.
     */
    static void sgd(int length, int blocks, int group, float rateFactor, FloatArray hyper, FloatArray gradient,
                    FloatArray momenta, FloatArray weights) {
        float rate = hyper.get(Hyper.RATE + group) * rateFactor;
        float decay = hyper.get(Hyper.WEIGHT_DECAY + group) * rate;
        float momentum = hyper.get(Hyper.MOMENTUM);
        float[] g = HostArrays.floats(gradient);
        float[] v = HostArrays.floats(momenta);
        float[] w = HostArrays.floats(weights);
        for (@Parallel int block = 0; block < blocks; block++) {
            descend(rate, decay, momentum, g, v, w, block * BLOCK, Math.min(length, (block + 1) * BLOCK));
        }
    }

    private static void descend(float rate, float decay, float momentum, float[] g, float[] v, float[] w, int from, int to) {
        int i = from;
        for (; i <= to - Lanes.COUNT; i += Lanes.COUNT) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, i);
            FloatVector step = FloatVector.fromArray(FLOATS, v, i).mul(momentum).sub(weight.mul(decay))
                    .sub(FloatVector.fromArray(FLOATS, g, i).mul(rate));
            step.intoArray(v, i);
            weight.add(step).intoArray(w, i);
        }
        for (; i < to; i++) {
            v[i] = v[i] * momentum - w[i] * decay - g[i] * rate;
            w[i] += v[i];
        }
    }
}
