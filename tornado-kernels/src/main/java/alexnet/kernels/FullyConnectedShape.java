package alexnet.kernels;

/**
 * The shape of one fully connected layer.
 *
 * <p>Layouts, batch innermost: input {@code [inputs][images]}, weights {@code [units][inputs]}, bias {@code [units]},
 * output {@code [units][images]}.
 *
 * @param images images in a batch
 * @param inputs inputs of every unit
 * @param units  outputs
 */
public record FullyConnectedShape(int images, int inputs, int units) {

    public FullyConnectedShape {
        Shapes.requirePositive("fully connected", "images", images, "inputs", inputs, "units", units);
    }

    /** Elements of the input array. */
    public int inputLength() {
        return Shapes.length("fully connected input", inputs, images);
    }

    /** Elements of the weight array. */
    public int weightLength() {
        return Shapes.length("fully connected weights", units, inputs);
    }

    /** Elements of the output array. */
    public int outputLength() {
        return Shapes.length("fully connected output", units, images);
    }
}
