package alexnet.kernels.portable;

import alexnet.kernels.Hyper;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Stochastic gradient descent with momentum and weight decay (paper, section 5). Arrays {@code [length]}. */
final class SgdKernels {

    private SgdKernels() {
    }

    /**
     * {@code v = momentum * v - decay * rate * w - rate * gradient; w = w + v}, decay that of the parameters' group, rate too but for
     * the layer's factor.
     */
    static void sgdUpdate(int length, int group, float rateFactor, FloatArray hyper, FloatArray gradient, FloatArray momenta,
                          FloatArray weights) {
        for (@Parallel int i = 0; i < length; i++) {
            float rate = hyper.get(Hyper.RATE + group) * rateFactor;
            float decay = hyper.get(Hyper.WEIGHT_DECAY + group) * rate;
            float weight = weights.get(i);
            float momentum = hyper.get(Hyper.MOMENTUM) * momenta.get(i) - decay * weight - rate * gradient.get(i);
            momenta.set(i, momentum);
            weights.set(i, weight + momentum);
        }
    }
}
