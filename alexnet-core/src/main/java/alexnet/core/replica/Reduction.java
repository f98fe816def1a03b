package alexnet.core.replica;

import java.util.Locale;

/** How the gradients of fully connected layers come to be the sum over all ranks; that of convolutions is always summed. */
public enum Reduction {
    /** They are summed, too. */
    ALL,
    /** Every rank gathers their factors, the layers' inputs and output gradients of all images, and computes the whole gradient. */
    FACTORS,
    /** For each layer whichever sends fewer bytes. */
    AUTO;

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
