package alexnet.kernels.host;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The three matrix products of a fully connected layer, each a {@link BroadcastProduct} that streams the weights, by far
 * the largest array, from memory once. The arrays are those of {@link alexnet.kernels.FullyConnectedShape}.
 */
final class FullyConnectedKernels {

    /**
     * Most units of a block of the forward product. The input is read anew for each block, so the more the better: 256 images take a
     * third longer with 48 units.
     */
    private static final int UNITS = 192;
    /** Into how many parts a block may be cut to occupy many threads: into 48 units, four tiles. */
    private static final int PARTS = 4;
    /** Inputs of a block of both gradients. */
    private static final int INPUTS = 192;
    /** Units in a packed panel of weights, 192 KiB with {@link #INPUTS} inputs. */
    private static final int PANEL_UNITS = 256;

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
        product.operands(HostArrays.floats(weights), inputs, HostArrays.floats(input), out, images);
        product.taps().line(inputs, 1, images);
        for (@Parallel int block = 0; block < (units + blockUnits - 1) / blockUnits; block++) {
            int first = block * blockUnits;
            int rows = Math.min(blockUnits, units - first);
            product.multiply(first * inputs, 0, first * images, rows, images, false);
            BiasKernels.add(out, first * images, images, biases, first, rows, images, relu);
        }
    }

    /**
     * The gradient by the input; overwrites it. Its tiles run down columns of the weights, which lie a power of two times
     * a small number apart and would fall into few sets of the caches, so panels of weights are copied together first.
     */
    static void inputGradient(int images, int inputs, int units, int blocks, FloatArray outputGradient,
                              FloatArray weights, FloatArray inputGradient) {
        float[] w = HostArrays.floats(weights);
        float[] panel = Scratch.ofThread().floats(PANEL_UNITS * INPUTS);
        BroadcastProduct product = Scratch.ofThread().broadcastProduct();
        product.operands(panel, 1, HostArrays.floats(outputGradient), HostArrays.floats(inputGradient), images);
        for (@Parallel int block = 0; block < blocks; block++) {
            int first = block * INPUTS;
            int rows = Math.min(INPUTS, inputs - first);
            for (int unit = 0; unit < units; unit += PANEL_UNITS) {
                int panelUnits = Math.min(PANEL_UNITS, units - unit);
                for (int i = 0; i < panelUnits; i++) {
                    System.arraycopy(w, (unit + i) * inputs + first, panel, i * rows, rows);
                }
                product.taps().line(panelUnits, rows, images);
                product.multiply(0, unit * images, first * images, rows, images, unit > 0);
            }
        }
    }

    /**
     * The gradient by the weights; overwrites it. A sum over images: the inputs are transposed, block by block, and take the
     * place of the images.
     */
    static void weightGradient(int images, int inputs, int units, int blocks, FloatArray input,
                               FloatArray outputGradient, FloatArray weightGradient) {
        float[] in = HostArrays.floats(input);
        float[] transposed = Scratch.ofThread().floats(images * INPUTS);
        BroadcastProduct product = Scratch.ofThread().broadcastProduct();
        product.operands(HostArrays.floats(outputGradient), images, transposed, HostArrays.floats(weightGradient), inputs);
        for (@Parallel int block = 0; block < blocks; block++) {
            int first = block * INPUTS;
            int columns = Math.min(INPUTS, inputs - first);
            Matrices.transpose(in, first * images, images, columns, images, transposed, 0, columns);
            product.taps().line(images, 1, columns);
            product.multiply(0, 0, first, units, columns, false);
        }
    }
}
