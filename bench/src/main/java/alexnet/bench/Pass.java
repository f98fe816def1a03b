package alexnet.bench;

import java.util.Locale;

/** What is measured of a network. */
public enum Pass {
    /** From the images to the probabilities, as in testing. */
    FORWARD,
    /** One step: forward with dropout, back, and the update of the parameters. */
    TRAINING;

    /** As it stands in reports: {@code forward}, {@code training}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
