package alexnet.kernels.reference;

/** Stochastic gradient descent with momentum and weight decay (paper, section 5). */
public final class SgdReference {

    private SgdReference() {
    }

    /** The new momenta: {@code momentum * v - decay * rate * w - rate * gradient}. */
    public static double[] momenta(double rate, double momentum, double decay, double[] gradient, double[] momenta,
                                   double[] weights) {
        double[] next = new double[momenta.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = momentum * momenta[i] - decay * rate * weights[i] - rate * gradient[i];
        }
        return next;
    }
}
