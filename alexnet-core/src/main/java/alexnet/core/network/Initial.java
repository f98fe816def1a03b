package alexnet.core.network;

/**
 * How a layer's parameters start: weights from a normal distribution around zero, biases at one value.
 *
 * @param deviation standard deviation of the weights
 * @param bias      every bias
 */
public record Initial(float deviation, float bias) {

    /** The paper's, where it does not start biases at one (section 5). */
    public static final Initial PAPERS = new Initial(0.01f, 0);

    public Initial {
        if (!(deviation >= 0 && Float.isFinite(deviation) && Float.isFinite(bias))) {
            throw new IllegalArgumentException("weights cannot start with the deviation " + deviation + " and biases at " + bias);
        }
    }
}
