package alexnet.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Schemes of start values for a whole architecture. */
public enum Initialization {

    /** As the layers of the architecture say: the paper's (section 5). */
    PAPER {
        @Override
        public Architecture applyTo(Architecture architecture) {
            return architecture;
        }
    },

    /**
     * Normal with variance 2 / fan-in, biases zero (He et al., 2015), which keeps the scale of activations from layer to
     * layer and so learns from small sets within a few epochs. The first layer sees grey levels of -128 to 127 rather than
     * unit variance, and the last feeds the softmax: both keep the small weights of the paper.
     */
    KAIMING {
        @Override
        public Architecture applyTo(Architecture architecture) {
            List<Layer> layers = new ArrayList<>();
            for (GroupShapes.Entry entry : new GroupShapes(architecture, 0, 1).entries()) {
                layers.add(switch (entry.layer()) {
                    case Layer.Weighted weighted when layers.isEmpty() || architecture.isLast(weighted) ->
                            weighted.withInitial(new Initial(weighted.initial().deviation(), 0));
                    case Layer.Convolution c -> c.withInitial(kaiming(entry.input().channels() * c.size() * c.size()));
                    case Layer.FullyConnected f -> f.withInitial(kaiming(entry.input().length()));
                    default -> entry.layer();
                });
            }
            return new Architecture(architecture.name(), architecture.channels(), architecture.storedSize(), architecture.inputSize(), layers);
        }

        private Initial kaiming(int fanIn) {
            return new Initial((float) Math.sqrt(2.0 / fanIn), 0);
        }
    };

    /** The architecture with these start values. */
    public abstract Architecture applyTo(Architecture architecture);

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
