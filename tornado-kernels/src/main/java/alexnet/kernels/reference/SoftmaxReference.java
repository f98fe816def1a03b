package alexnet.kernels.reference;

/**
 * Softmax and cross-entropy. Layouts: logits, probabilities, gradients {@code [classes][images]}; labels, losses
 * {@code [images]}.
 */
public final class SoftmaxReference {

    private SoftmaxReference() {
    }

    /** {@code exp(logit) / sum of exp(logits)}. */
    public static double[] probabilities(int images, double[] logits) {
        double[] probabilities = new double[logits.length];
        for (int n = 0; n < images; n++) {
            double largest = largest(images, logits, n);
            double sum = sum(images, logits, n, largest);
            for (int at = n; at < logits.length; at += images) {
                probabilities[at] = Math.exp(logits[at] - largest) / sum;
            }
        }
        return probabilities;
    }

    /** {@code -log(probability of the label)} of each image; 0 where the label is below zero. */
    public static double[] losses(int images, double[] logits, int[] labels) {
        double[] losses = new double[images];
        for (int n = 0; n < images; n++) {
            if (labels[n] >= 0) {
                double largest = largest(images, logits, n);
                losses[n] = Math.log(sum(images, logits, n, largest)) - (logits[labels[n] * images + n] - largest);
            }
        }
        return losses;
    }

    private static double largest(int images, double[] logits, int image) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int at = image; at < logits.length; at += images) {
            largest = Math.max(largest, logits[at]);
        }
        return largest;
    }

    private static double sum(int images, double[] logits, int image, double largest) {
        double sum = 0;
        for (int at = image; at < logits.length; at += images) {
            sum += Math.exp(logits[at] - largest);
        }
        return sum;
    }

    /** The gradient of {@code lossScale * sum of losses} by the logits. */
    public static double[] gradient(int images, double[] probabilities, int[] labels, double lossScale) {
        double[] gradient = new double[probabilities.length];
        for (int at = 0; at < gradient.length; at++) {
            int label = labels[at % images];
            if (label >= 0) {
                gradient[at] = (probabilities[at] - (label == at / images ? 1 : 0)) * lossScale;
            }
        }
        return gradient;
    }
}
