package alexnet.kernels.gpu;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Softmax and cross-entropy, a work-group an image. Arrays: logits and probabilities {@code [classes][images]}, labels and
 * losses {@code [images]}; a label below zero marks a place without an image.
 */
final class SoftmaxKernels {

    private SoftmaxKernels() {
    }

    /** Probabilities and losses; the largest logit is subtracted before the exponential, so that none overflows. */
    static void softmaxCrossEntropy(KernelContext context, int threads, int images, int classes, FloatArray logits,
                                    IntArray labels, FloatArray probabilities, FloatArray losses) {
        int item = context.localIdx;
        int image = context.groupIdx;
        float own = Float.NEGATIVE_INFINITY;
        for (int c = item; c < classes; c += threads) {
            float logit = logits.get(c * images + image);
            own = logit > own ? logit : own;
        }
        float largest = Trees.largest(context, threads, own);
        float ownSum = 0;
        for (int c = item; c < classes; c += threads) {
            float exponential = TornadoMath.exp(logits.get(c * images + image) - largest);
            probabilities.set(c * images + image, exponential);
            ownSum += exponential;
        }
        float sum = Trees.sum(context, threads, ownSum);
        for (int c = item; c < classes; c += threads) {
            probabilities.set(c * images + image, probabilities.get(c * images + image) / sum);
        }
        if (item == 0) {
            int label = labels.get(image);
            int known = label < 0 ? 0 : label;
            float loss = TornadoMath.log(sum) - (logits.get(known * images + image) - largest);
            losses.set(image, label < 0 ? 0 : loss);
        }
    }
}
