package alexnet.core.data.shard;

import java.util.Locale;

/** A half of a data set; the name of its folder is its own. */
public enum Split {
    TRAIN, VAL;

    /** As files and folders have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
