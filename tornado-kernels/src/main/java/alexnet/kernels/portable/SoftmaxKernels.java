package alexnet.kernels.portable;

import alexnet.kernels.Hyper;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Softmax and cross-entropy. Arrays: logits and probabilities {@code [classes][images]}, labels and losses
 * {@code [images]}; a label below zero marks a place without an image.
 */
final class SoftmaxKernels {

    private SoftmaxKernels() {
    }

    /** Probabilities and losses; the largest logit is subtracted before the exponential, so that none overflows. */
    static void softmaxCrossEntropy(int images, int classes, FloatArray logits, IntArray labels,
                                    FloatArray probabilities, FloatArray losses) {
        for (@Parallel int image = 0; image < images; image++) {
            float largest = logits.get(image);
            for (int c = 1; c < classes; c++) {
                float logit = logits.get(c * images + image);
                largest = logit > largest ? logit : largest;
            }
            float sum = 0;
            for (int c = 0; c < classes; c++) {
                float exponential = TornadoMath.exp(logits.get(c * images + image) - largest);
                probabilities.set(c * images + image, exponential);
                sum += exponential;
            }
            for (int c = 0; c < classes; c++) {
                probabilities.set(c * images + image, probabilities.get(c * images + image) / sum);
            }
            int label = labels.get(image);
            int known = label < 0 ? 0 : label;
            float loss = TornadoMath.log(sum) - (logits.get(known * images + image) - largest);
            losses.set(image, label < 0 ? 0 : loss);
        }
    }

    /** The gradient of the mean loss by the logits {@code firstClass .. firstClass + classes - 1}: {@code [classes][images]}. */
    static void softmaxGradient(int images, int firstClass, int classes, FloatArray probabilities, IntArray labels,
                                FloatArray hyper, FloatArray gradient) {
        for (@Parallel int at = 0; at < classes * images; at++) {
            int label = labels.get(at % images);
            float target = label == firstClass + at / images ? 1 : 0;
            float difference = (probabilities.get(firstClass * images + at) - target) * hyper.get(Hyper.LOSS_SCALE);
            gradient.set(at, label < 0 ? 0 : difference);
        }
    }
}
