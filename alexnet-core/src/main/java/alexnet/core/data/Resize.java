package alexnet.core.data;

import java.util.Locale;

/** How an image comes to the stored size. */
public enum Resize {
    /** Its sides keep their proportions, the shorter just covers the stored size, and the centre is kept (paper, section 2). */
    COVER,
    /** Both sides are scaled to the stored size, whatever its proportions were, as Caffe does. */
    SQUASH;

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
