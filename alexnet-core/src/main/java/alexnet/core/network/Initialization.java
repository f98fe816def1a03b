package alexnet.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Schemes of start values for a whole architecture. */
public enum Initialization {

    /** As the layers of the architecture say: the paper's (section 5). */
    PAPER(1) {
        @Override
        float deviation(Layer.Weighted layer, int fanIn, int index, boolean last) {
            return layer.initial().deviation();
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
            return index == 0 || last ? layer.initial().deviation() : (float) Math.sqrt(2.0 / fanIn);
        }
    },

    /** As Caffe's bvlc_alexnet: 0.005 in fully connected layers but for the last (fc6, fc7), and smaller biases. */
    CAFFE(0.1) {
        @Override
        float deviation(Layer.Weighted layer, int fanIn, int index, boolean last) {
            return layer instanceof Layer.FullyConnected && !last ? 0.005f : layer.initial().deviation();
        }
    },

    /** As the authors' program (layers-145.cfg): 0.03 from the third convolution on (conv3 to conv5). */
    AUTHORS(1) {
        @Override
        float deviation(Layer.Weighted layer, int fanIn, int index, boolean last) {
            return layer instanceof Layer.Convolution && index >= 2 ? 0.03f : layer.initial().deviation();
        }
    };

    private final double bias;

    Initialization(double bias) {
        this.bias = bias;
    }

    /** Standard deviation of a layer's weights; {@code index} counts layers with weights from 0. */
    abstract float deviation(Layer.Weighted layer, int fanIn, int index, boolean last);

    /** Start of the biases that the paper starts at one, those of conv2, conv4, conv5, fc6 and fc7; the others start at zero. */
    public double bias() {
        return bias;
    }

    /** The architecture, whose layers have the paper's start values, with these. */
    public Architecture applyTo(Architecture architecture) {
        return applyTo(architecture, bias);
    }

    /** The same with another {@link #bias}. */
    Architecture applyTo(Architecture architecture, double bias) {
        List<Layer> layers = new ArrayList<>();
        int index = 0;
        for (GroupShapes.Entry entry : GroupShapes.whole(architecture, 1).entries()) {
            if (entry.layer() instanceof Layer.Weighted weighted) {
                layers.add(weighted.withInitial(new Initial(deviation(weighted, entry.fanIn(), index++, architecture.isLast(weighted)),
                        weighted.initial().bias() == 0 ? 0 : (float) bias)));
            } else {
                layers.add(entry.layer());
            }
        }
        return architecture.withLayers(layers);
    }

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
