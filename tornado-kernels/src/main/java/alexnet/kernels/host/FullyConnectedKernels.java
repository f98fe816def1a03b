package alexnet.kernels.host;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The three matrix products of a fully connected layer: forwards a {@link BroadcastProduct}, backwards {@link PackedProduct}s. Each
 * goes through the weights, by far the largest array, in memory once. The arrays are those of
 * {@link alexnet.kernels.FullyConnectedShape}.
 */
final class FullyConnectedKernels {

    /** Most units of a block of the forward product. The input is read anew for each block, so the more the better. */
    private static final int UNITS = 192;
    /** Into how many parts a block may be cut to occupy many threads: into 48 units, four tiles. */
    private static final int PARTS = 4;
    /** Inputs of a block of both gradients. */
    private static final int INPUTS = 192;

    private FullyConnectedKernels() {
    }

    /** The units of a block of {@link #forward} on so many threads. */
    static int forwardBlockUnits(int units, int threads) {
        return UNITS / Blocks.parts(threads, Math.ceilDiv(units, UNITS), PARTS);
    }

    /** The number of blocks of {@link #inputGradient} and {@link #weightGradient}. */
    static int gradientBlocks(int inputs) {
        return Math.ceilDiv(inputs, INPUTS);
    }

    /** {@code output = weights * input + bias}, then {@code max(0, .)} where {@code relu} is set; NaN stays NaN. */
    static void forward(int images, int inputs, int units, boolean relu, int blockUnits, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        float[] biases = HostArrays.floats(bias);
        float[] out = HostArrays.floats(output);
        BroadcastProduct product = Scratch.ofThread().broadcastProduct();
        product.operands(HostArrays.floats(weights), inputs, HostArrays.floats(input), images, out, images);
        for (@Parallel int block = 0; block < (units + blockUnits - 1) / blockUnits; block++) {
            int first = block * blockUnits;
            int rows = Math.min(blockUnits, units - first);
            product.multiply(first * inputs, 0, first * images, rows, images, inputs, false);
            BiasKernels.add(out, first * images, images, biases, first, rows, images, relu);
        }
    }

    /** The gradient by the input; overwrites it. */
    static void inputGradient(int images, int inputs, int units, int blocks, FloatArray outputGradient,
                              FloatArray weights, FloatArray inputGradient) {
        float[] panels = Scratch.ofThread().floats(Panels.length(INPUTS, PackedProduct.CHUNK));
        PackedProduct product = Scratch.ofThread().packedProduct();
        product.operands(HostArrays.floats(outputGradient), HostArrays.floats(inputGradient), images);
        for (@Parallel int block = 0; block < blocks; block++) {
            int first = block * INPUTS;
            int rows = Math.min(INPUTS, inputs - first);
            for (int unit = 0; unit < units; unit += PackedProduct.CHUNK) {
                int taps = Math.min(PackedProduct.CHUNK, units - unit);
                Panels.packColumns(HostArrays.floats(weights), unit * inputs + first, inputs, rows, taps, panels);
                product.panels(panels, taps);
                product.taps().line(taps, PackedProduct.ROWS, images);
                product.multiply(0, unit * images, first * images, rows, images, unit > 0, 1, 0, 0);
            }
        }
    }

    /**
     * The gradient by the weights; overwrites it. A sum over images: the inputs are transposed, block by block, and take the
     * place of the images.
     *
     * @param panels the gradient by the output, in {@link Panels}: a row is a unit
     */
    static void weightGradient(int images, int inputs, int units, int blocks, FloatArray input, FloatArray panels,
                               FloatArray weightGradient) {
        float[] in = HostArrays.floats(input);
        float[] transposed = Scratch.ofThread().floats(images * INPUTS);
        PackedProduct product = Scratch.ofThread().packedProduct();
        product.operands(transposed, HostArrays.floats(weightGradient), inputs);
        product.panels(HostArrays.floats(panels), images);
        product.taps().line(images, PackedProduct.ROWS, INPUTS);
        for (@Parallel int block = 0; block < blocks; block++) {
            int first = block * INPUTS;
            int columns = Math.min(INPUTS, inputs - first);
            Matrices.transpose(in, first * images, images, columns, images, transposed, 0, INPUTS);
            product.multiply(0, 0, first, units, columns, false, 1, 0, 0);
        }
    }
}
