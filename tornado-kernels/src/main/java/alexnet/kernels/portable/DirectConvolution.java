package alexnet.kernels.portable;

import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The definition, tile by tile, see {@link ConvolutionKernels}. The workspace holds what is read many times, arranged for that. */
final class DirectConvolution implements ConvolutionAlgorithm {

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public boolean supports(Pass pass, ConvolutionShape shape) {
        return true;
    }

    @Override
    public int workspaceLength(Pass pass, ConvolutionShape s) {
        return switch (pass) {
            case FORWARD -> TileKernels.imageTilesLength(s.images(), rows(s.inputLength(), s));
            case INPUT_GRADIENT -> TileKernels.imageTilesLength(s.images(), rows(s.outputLength(), s));
            case WEIGHT_GRADIENT -> Math.addExact(rowsOffset(s),
                    TileKernels.filterTilesLength(s.outputHeight(), s.groups(), s.filtersPerGroup(), s.weightLength() / s.filters()));
        };
    }

    @Override
    public void forward(GraphBuilder builder, String task, ConvolutionShape s, boolean relu, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        FloatArray tiles = imageTiles(builder, task, Pass.FORWARD, s, s.inputLength(), input);
        builder.graph().task(task, ConvolutionKernels::convolutionForward, s.images(), s.channels(), s.height(), s.width(),
                s.filters(), s.size(), s.stride(), s.padding(), s.groups(), flag(relu), tiles, weights, bias, output);
    }

    @Override
    public void inputGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray outputGradient, FloatArray weights,
                              FloatArray inputGradient) {
        FloatArray tiles = imageTiles(builder, task, Pass.INPUT_GRADIENT, s, s.outputLength(), outputGradient);
        builder.graph().task(task, ConvolutionKernels::convolutionInputGradient, s.images(), s.channels(), s.height(),
                s.width(), s.filters(), s.size(), s.stride(), s.padding(), s.groups(), tiles, weights, inputGradient);
    }

    @Override
    public void weightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input, FloatArray outputGradient,
                               FloatArray weightGradient, FloatArray biasGradient) {
        FloatArray workspace = builder.workspace(workspaceLength(Pass.WEIGHT_GRADIENT, s));
        int tilesOffset = paddedLength(s);
        int rowsOffset = rowsOffset(s);
        builder.graph()
                .task(task + "Padded", TileKernels::padded, s.images(), s.channels(), s.height(), s.width(), s.padding(), input,
                        workspace)
                .task(task + "Tiles", TileKernels::filterTiles, s.images(), s.groups(), s.filtersPerGroup(), pixels(s), tilesOffset,
                        outputGradient, workspace)
                .task(task + "Rows", ConvolutionKernels::convolutionWeightGradient, s.images(), s.channels(), s.height(), s.width(),
                        s.filters(), s.size(), s.stride(), s.padding(), s.groups(), tilesOffset, rowsOffset, workspace)
                .task(task, ConvolutionKernels::addRows, s.groups(), s.filtersPerGroup(), s.weightLength() / s.filters(), s.outputHeight(),
                        rowsOffset, workspace, weightGradient)
                .task(task + "Bias", ConvolutionKernels::convolutionBiasGradient, s.images(), s.filters(), pixels(s), outputGradient,
                        biasGradient);
    }

    private FloatArray imageTiles(GraphBuilder builder, String task, Pass pass, ConvolutionShape s, int length, FloatArray values) {
        FloatArray tiles = builder.workspace(workspaceLength(pass, s));
        builder.graph().task(task + "Tiles", TileKernels::imageTiles, s.images(), rows(length, s), values, tiles);
        return tiles;
    }

    private static int paddedLength(ConvolutionShape s) {
        return TileKernels.paddedLength(s.images(), s.channels(), s.height(), s.width(), s.padding());
    }

    private static int rowsOffset(ConvolutionShape s) {
        return Math.addExact(paddedLength(s), TileKernels.filterTilesLength(s.images(), s.groups(), s.filtersPerGroup(), pixels(s)));
    }

    private static int rows(int length, ConvolutionShape shape) {
        return length / shape.images();
    }

    private static int pixels(ConvolutionShape shape) {
        return shape.outputHeight() * shape.outputWidth();
    }

    /** OpenCL has no boolean parameters. */
    private static int flag(boolean value) {
        return value ? 1 : 0;
    }
}
