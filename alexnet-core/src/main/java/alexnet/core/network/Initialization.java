package alexnet.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Schemes of start values for a whole architecture. */
public enum Initialization {

    /** As the layers of the architecture say, biases too. */
    ARCHITECTURE(0) {
        @Override
        float deviation(Layer.Weighted layer, int fanIn, int index, boolean last) {
            return layer.initial().deviation();
        }
    },

    /** The paper's (section 5): 0.01 in all layers. */
    PAPER(1) {
        @Override
        float deviation(Layer.Weighted layer, int fanIn, int index, boolean last) {
            return Initial.PAPERS.deviation();
        }
    },

    /**
     * Normal with variance 2 / fan-in, biases zero (He et al., 2015), which keeps the scale of activations from layer to
     * layer and so learns from small sets within a few epochs. The first layer sees grey levels of -128 to 127 rather than
     * unit variance, and the last feeds the softmax: both keep the small weights of the paper.
     */
    KAIMING(0) {
        @Override
        float deviation(Layer.Weighted layer, int fanIn, int index, boolean last) {
            return index == 0 || last ? Initial.PAPERS.deviation() : (float) Math.sqrt(2.0 / fanIn);
        }
    },

    /**
     * Normal with variance 1 / (3 fan-in), that of PyTorch's uniform one within 1 / sqrt(fan-in), biases zero. Activations shrink from
     * layer to layer, as networks need that do not normalise, or as little as Caffe's: nothing else brings the scale of grey levels down.
     */
    PYTORCH(0) {
        @Override
        float deviation(Layer.Weighted layer, int fanIn, int index, boolean last) {
            return (float) Math.sqrt(1.0 / 3 / fanIn);
        }
    },

    /** As Caffe's bvlc_alexnet: 0.005 in fully connected layers but for the last (fc6, fc7), and smaller biases. */
    CAFFE(0.1) {
        @Override
        float deviation(Layer.Weighted layer, int fanIn, int index, boolean last) {
            return layer instanceof Layer.FullyConnected && !last ? 0.005f : Initial.PAPERS.deviation();
        }
    },

    /** As the authors' program (layers-145.cfg): 0.03 from the third convolution on (conv3 to conv5). */
    AUTHORS(1) {
        @Override
        float deviation(Layer.Weighted layer, int fanIn, int index, boolean last) {
            return layer instanceof Layer.Convolution && index >= 2 ? 0.03f : Initial.PAPERS.deviation();
        }
    };

    /** Those that the paper starts at one. */
    private static final Set<String> BIASED = Set.of("conv2", "conv4", "conv5", "fc6", "fc7");

    private final double bias;

    Initialization(double bias) {
        this.bias = bias;
    }

    /** Standard deviation of a layer's weights; {@code index} counts layers with weights from 0. */
    abstract float deviation(Layer.Weighted layer, int fanIn, int index, boolean last);

    /**
     * Start of the biases that the paper starts at one, those of conv2, conv4, conv5, fc6 and fc7, and of others that the architecture
     * does not start at zero, as all others are.
     */
    public double bias() {
        return bias;
    }

    /** The architecture with these start values. */
    public Architecture applyTo(Architecture architecture) {
        return applyTo(architecture, bias);
    }

    /** The same with another {@link #bias}. */
    Architecture applyTo(Architecture architecture, double bias) {
        List<Layer> layers = new ArrayList<>();
        int index = 0;
        for (GroupShapes.Entry entry : GroupShapes.whole(architecture, 1).entries()) {
            if (entry.layer() instanceof Layer.Weighted weighted) {
                float deviation = deviation(weighted, entry.fanIn(), index++, architecture.isLast(weighted));
                layers.add(weighted.withInitial(new Initial(deviation, bias(weighted, (float) bias))));
            } else {
                layers.add(entry.layer());
            }
        }
        return architecture.withLayers(layers);
    }

    private float bias(Layer.Weighted layer, float chosen) {
        return this == ARCHITECTURE ? layer.initial().bias() : BIASED.contains(layer.name()) || layer.initial().bias() != 0 ? chosen : 0;
    }

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
