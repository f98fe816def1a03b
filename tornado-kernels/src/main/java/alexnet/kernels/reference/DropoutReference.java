package alexnet.kernels.reference;

import java.util.Arrays;

import alexnet.kernels.CounterRandom;

/** Dropout (paper, section 4.2). Layouts: values and gradients {@code [units][images]}, image keys {@code [images]}. */
public final class DropoutReference {

    private DropoutReference() {
    }

    /**
     * Training: zero where the draw of a unit and an image falls below the rate; inverted, the rest is divided by the share that is
     * kept. The gradient passes the same way.
     */
    public static double[] train(int images, int firstUnit, int purpose, float rate, boolean inverted, int[] imageKeys,
                                 double[] values) {
        double[] kept = new double[values.length];
        for (int at = 0; at < values.length; at++) {
            if (CounterRandom.uniform(imageKeys[at % images], purpose, firstUnit + at / images) >= rate) {
                kept[at] = inverted ? values[at] / (1.0 - rate) : values[at];
            }
        }
        return kept;
    }

    /** Testing: every value times the share that training keeps; inverted, as it is. */
    public static double[] test(float rate, boolean inverted, double[] values) {
        return inverted ? values.clone() : Arrays.stream(values).map(value -> value * (1.0 - rate)).toArray();
    }
}
