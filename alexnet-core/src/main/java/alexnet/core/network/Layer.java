package alexnet.core.network;

/**
 * One layer of an architecture, as the paper lists them (section 3.5). Filters and units are those of both channel groups
 * together; each group computes its half.
 */
public sealed interface Layer {

    /** The layer's name, unique in its architecture; parameters are called {@code name.weight} and {@code name.bias}. */
    String name();

    /** What a layer's filters see of the layer before it. */
    enum Sees {
        /** The maps of the same channel group. */
        OWN_GROUP,
        /** The maps of both groups: where a {@link Partition} has them in parts, these exchange them first. */
        BOTH_GROUPS
    }

    /** A layer with weights and biases. */
    sealed interface Weighted extends Layer permits Convolution, FullyConnected {

        /** How the parameters start. */
        Initial initial();

        /** The same layer that starts otherwise. */
        Weighted withInitial(Initial initial);
    }

    /**
     * A convolution with bias, followed by ReLU.
     *
     * @param filters output channels of both groups
     * @param size    rows and columns of a filter
     * @param stride  pixels between neighbouring receptive fields
     * @param padding zeros on each side
     * @param sees    what the filters see; the first layer always sees the whole image
     */
    record Convolution(String name, int filters, int size, int stride, int padding, Sees sees, Initial initial)
            implements Weighted {
        @Override
        public Convolution withInitial(Initial initial) {
            return new Convolution(name, filters, size, stride, padding, sees, initial);
        }
    }

    /**
     * Local response normalisation (paper, section 3.3).
     *
     * @param size  maps in a sum, n in the paper
     * @param alpha factor of the sum, not divided by n
     * @param sees  whether sums end at the border between the groups, as the authors' do, or go across it
     */
    record Normalization(String name, int size, float alpha, float beta, float k, Sees sees) implements Layer {
    }

    /** Max-pooling; it overlaps where the stride is smaller than the window (paper, section 3.4). */
    record MaxPool(String name, int size, int stride, boolean ceil) implements Layer {
    }

    /** Fully connected to both groups' units, followed by ReLU except in the last layer, whose units are the classes. */
    record FullyConnected(String name, int units, Initial initial) implements Weighted {
        @Override
        public FullyConnected withInitial(Initial initial) {
            return new FullyConnected(name, units, initial);
        }
    }

    /**
     * Dropout of the layer before it.
     *
     * @param rate     probability that a value is dropped in training
     * @param inverted whether what is kept is scaled by 1 / (1 - rate) in training, as in Caffe and PyTorch, rather than everything by
     *                 1 - rate in testing, as in the paper (section 4.2)
     */
    record Dropout(String name, float rate, boolean inverted) implements Layer {

        /** What every value is multiplied by in testing. */
        public float testingScale() {
            return inverted ? 1 : 1 - rate;
        }
    }
}
