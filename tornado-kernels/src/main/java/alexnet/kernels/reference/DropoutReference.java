package alexnet.kernels.reference;

import java.util.Arrays;

import alexnet.kernels.CounterRandom;

/** Dropout (paper, section 4.2). Layouts: values and gradients {@code [units][images]}, image keys {@code [images]}. */
public final class DropoutReference {

    private DropoutReference() {
    }

    /** Training: zero where the draw of a unit and an image falls below the rate. The gradient passes the same way. */
    public static double[] train(int images, int firstUnit, int purpose, float rate, int[] imageKeys, double[] values) {
        double[] kept = values.clone();
        for (int at = 0; at < values.length; at++) {
            if (CounterRandom.uniform(imageKeys[at % images], purpose, firstUnit + at / images) < rate) {
                kept[at] = 0;
            }
        }
        return kept;
    }

    /** Testing: every value times the share that training keeps. */
    public static double[] test(float rate, double[] values) {
        return Arrays.stream(values).map(value -> value * (1 - rate)).toArray();
    }
}
