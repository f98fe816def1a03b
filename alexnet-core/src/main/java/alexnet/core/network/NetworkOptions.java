package alexnet.core.network;

/**
 * What of a network is chosen when a run begins, where its layers are those of the paper: normalisation (section 3.3) and start values
 * (section 5). It cannot change later.
 *
 * @param lrnN           maps in a sum, n in the paper, 5
 * @param lrnAlpha       0.0001 in the paper
 * @param lrnAlphaOverN  whether alpha is divided by n, as in the authors' program and in Caffe; not so in the paper
 * @param lrnBeta        0.75 in the paper
 * @param lrnK           2 in the paper, 1 in Caffe
 * @param initialization how the weights start
 * @param initBias       start of the biases that the paper starts at one
 */
public record NetworkOptions(int lrnN, double lrnAlpha, boolean lrnAlphaOverN, double lrnBeta, double lrnK, Initialization initialization,
                             double initBias) {

    public NetworkOptions {
        require("--lrn-n", lrnN, lrnN >= 1 && lrnN % 2 == 1, "an odd number of maps");
        require("--lrn-alpha", lrnAlpha, lrnAlpha >= 0 && Float.isFinite((float) lrnAlpha), "at least 0");
        require("--lrn-beta", lrnBeta, lrnBeta >= 0 && Float.isFinite((float) lrnBeta), "at least 0");
        require("--lrn-k", lrnK, (float) lrnK > 0 && Float.isFinite((float) lrnK), "above 0");
        require("--init-bias", initBias, Float.isFinite((float) initBias), "a finite number");
    }

    private static void require(String option, Object value, boolean holds, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(option + " is " + value + ", must be " + wanted);
        }
    }

    /** These with the normalisation of an architecture, if it has one: that of the first such layer. */
    public NetworkOptions normalizing(Architecture architecture) {
        return architecture.layers().stream().filter(Layer.Normalization.class::isInstance).map(Layer.Normalization.class::cast).findFirst()
                .map(n -> new NetworkOptions(n.size(), decimal(n.alpha()), false, decimal(n.beta()), decimal(n.k()), initialization, initBias)).orElse(this);
    }

    /** As people write it, and the same float again. */
    private static double decimal(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    /** An architecture with these start values alone. */
    public Architecture start(Architecture architecture) {
        return initialization.applyTo(architecture, initBias);
    }

    /** An architecture with the paper's values, with these. */
    public Architecture applyTo(Architecture architecture) {
        Architecture started = start(architecture);
        return started.withLayers(started.layers().stream().map(layer -> layer instanceof Layer.Normalization n
                ? new Layer.Normalization(n.name(), lrnN, (float) (lrnAlphaOverN ? lrnAlpha / lrnN : lrnAlpha), (float) lrnBeta, (float) lrnK, n.sees()) : layer)
                .toList());
    }
}
