package alexnet.runner;

import alexnet.core.export.OnnxExport;
import alexnet.core.export.WeightsExport;
import alexnet.core.model.OpenModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a trained network for other programs. */
@Command(name = "export", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Write a trained network for other programs.",
                "onnx: one graph of both groups. It takes 'input' [N, channels, rows, columns], the samples of RGB images (grey"
                        + " ones where it was trained on such) from 0 to 255, and gives 'logits' and 'probabilities' [N, classes]."
                        + " How images are scaled and cropped and the names of the classes are in its metadata.",
                "safetensors: the weights in PyTorch's names and shapes, the mean image, and the same metadata."})
@Examples({"alexnet export --model runs/food/best.safetensors --format onnx --output food.onnx",
    "alexnet export --model runs/food/best.safetensors --format safetensors -o food.safetensors"})
final class ExportCommand implements Runnable {

    /** The kinds of file. */
    enum Format {
        ONNX, SAFETENSORS
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(names = "--format", paramLabel = "onnx|safetensors", required = true, description = "The kind of file.")
    private Format format;

    @Mixin
    private OutputFileOption output;

    @Option(names = "--opset", paramLabel = "N",
            description = "The version of ONNX's operators, " + OnnxExport.FIRST_OPSET + " to " + OnnxExport.LAST_OPSET
                    + ". Default: " + OnnxExport.FIRST_OPSET + ".")
    private Integer opset;

    @Override
    public void run() {
        if (opset != null && format != Format.ONNX) {
            throw Usage.mistake(spec, "--opset is for --format onnx alone");
        }
        if (opset != null) {
            Usage.requireWithin(spec, "--opset", opset, OnnxExport.FIRST_OPSET, OnnxExport.LAST_OPSET);
        }
        try (OpenModel open = model.open()) {
            output.write(model.file(), "the checkpoint itself, which training could not go on from any more",
                    open.model().architecture().name() + " of " + open.model().classes().size() + " classes", file -> {
                        switch (format) {
                            case ONNX -> OnnxExport.write(open.reader(), open.model(), opset == null ? OnnxExport.FIRST_OPSET : opset, file);
                            case SAFETENSORS -> WeightsExport.write(open.reader(), open.model(), file);
                        }
                    });
        }
    }
}
