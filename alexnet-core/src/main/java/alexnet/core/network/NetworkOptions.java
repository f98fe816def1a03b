package alexnet.core.network;

import java.util.Optional;

/**
 * What of a network is chosen when a run begins: normalisation (section 3.3 of the paper) and start values (section 5). It cannot change
 * later.
 *
 * @param lrnN           maps in a sum, n in the paper, 5
 * @param lrnAlpha       0.0001 in the paper
 * @param lrnAlphaOverN  whether alpha is divided by n, as in the authors' program and in Caffe; not so in the paper
 * @param lrnBeta        0.75 in the paper
 * @param lrnK           2 in the paper, 1 in Caffe
 * @param initialization how the weights start
 * @param initBias       start of the biases that the paper starts at one; zero where {@link Initialization#ARCHITECTURE} has them
 */
public record NetworkOptions(int lrnN, double lrnAlpha, boolean lrnAlphaOverN, double lrnBeta, double lrnK, Initialization initialization,
                             double initBias) {

    public NetworkOptions {
        require("--lrn-n", lrnN, lrnN >= 1 && lrnN % 2 == 1, "an odd number of maps");
        require("--lrn-alpha", lrnAlpha, lrnAlpha >= 0 && Float.isFinite((float) lrnAlpha), "at least 0");
        require("--lrn-beta", lrnBeta, lrnBeta >= 0 && Float.isFinite((float) lrnBeta), "at least 0");
        require("--lrn-k", lrnK, (float) lrnK > 0 && Float.isFinite((float) lrnK), "above 0");
        require("--init-bias", initBias, Float.isFinite((float) initBias), "a finite number");
        require("--init-bias", initBias, initBias == 0 || initialization != Initialization.ARCHITECTURE,
                "left out: --init architecture takes the biases that the layers have");
    }

    private static void require(String option, Object value, boolean holds, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(option + " is " + value + ", must be " + wanted);
        }
    }

    /**
     * An architecture with these values. Of the normalisation, what is as in the architecture's first stays as it is in each, as
     * options have that one's where none are given.
     */
    public Architecture applyTo(Architecture architecture) {
        Architecture started = initialization.applyTo(architecture, initBias);
        return first(architecture).map(first -> started.withLayers(started.layers().stream()
                .map(layer -> layer instanceof Layer.Normalization n ? normalization(first, n) : layer).toList())).orElse(started);
    }

    private Layer.Normalization normalization(Layer.Normalization first, Layer.Normalization n) {
        float alpha = (float) (lrnAlphaOverN ? lrnAlpha / lrnN : lrnAlpha);
        return new Layer.Normalization(n.name(), lrnN == first.size() ? n.size() : lrnN, alpha == first.alpha() ? n.alpha() : alpha,
                (float) lrnBeta == first.beta() ? n.beta() : (float) lrnBeta, (float) lrnK == first.k() ? n.k() : (float) lrnK, n.sees());
    }

    /** These with the normalisation of an architecture, if it has one: that of the first such layer. */
    public NetworkOptions normalizing(Architecture architecture) {
        return first(architecture).map(n -> new NetworkOptions(n.size(), decimal(n.alpha()), false, decimal(n.beta()), decimal(n.k()), initialization,
                initBias)).orElse(this);
    }

    private static Optional<Layer.Normalization> first(Architecture architecture) {
        return architecture.layers().stream().filter(Layer.Normalization.class::isInstance).map(Layer.Normalization.class::cast).findFirst();
    }

    /** As people write it, and the same float again. */
    private static double decimal(float value) {
        return Double.parseDouble(Float.toString(value));
    }
}
