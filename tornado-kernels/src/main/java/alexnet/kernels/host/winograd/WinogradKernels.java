package alexnet.kernels.host.winograd;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.host.HostArrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The tasks of Winograd's convolution: one transforms the weights, the next takes strip by strip through the input's transform, the products and the
 * output's transform, see {@link Tiling}. A worker is a share of the strips and has memory of its own, so that what a strip is made
 * into stays in one core's cache. Every number of the result comes from one strip, computed alike whatever it is cut from.
 */
final class WinogradKernels {

    private WinogradKernels() {
    }

    /** Transforms the weights into the workspace. */
    static void weights(int images, int channels, int height, int width, int filters, int size, int stride, int padding, int groups,
                        boolean backward, int workers, FloatArray weights, FloatArray workspace) {
        Tiling t = new Tiling(new ConvolutionShape(images, channels, height, width, filters, size, stride, padding, groups), backward,
                workers);
        float[] memory = HostArrays.floats(workspace);
        for (@Parallel int worker = 0; worker < workers; worker++) {
            int all = groups * t.panels;
            for (int panel = all * worker / workers; panel < all * (worker + 1) / workers; panel++) {
                WeightTransform.panel(t, backward, panel / t.panels, panel % t.panels, HostArrays.floats(weights), memory, t.scratch(worker));
            }
        }
    }

    /** {@code output = weights * input + bias}, then {@code max(0, .)} where {@code relu} is set; NaN stays NaN. */
    static void forward(int images, int channels, int height, int width, int filters, int size, int stride, int padding, int groups,
                        int workers, boolean relu, FloatArray input, FloatArray bias, FloatArray output, FloatArray workspace) {
        Tiling t = new Tiling(new ConvolutionShape(images, channels, height, width, filters, size, stride, padding, groups), false,
                workers);
        for (@Parallel int worker = 0; worker < workers; worker++) {
            Strips strips = new Strips(t, worker, HostArrays.floats(input), HostArrays.floats(output), HostArrays.floats(workspace));
            strips.bias(HostArrays.floats(bias), relu);
            strips.run();
        }
    }

    /** The gradient by the input; overwrites it. */
    static void inputGradient(int images, int channels, int height, int width, int filters, int size, int stride, int padding, int groups,
                              int workers, FloatArray outputGradient, FloatArray inputGradient, FloatArray workspace) {
        Tiling t = new Tiling(new ConvolutionShape(images, channels, height, width, filters, size, stride, padding, groups), true, workers);
        for (@Parallel int worker = 0; worker < workers; worker++) {
            new Strips(t, worker, HostArrays.floats(outputGradient), HostArrays.floats(inputGradient), HostArrays.floats(workspace)).run();
        }
    }
}
