package alexnet.runner;

import alexnet.core.export.OnnxExport;
import alexnet.core.export.Precision;
import alexnet.core.export.WeightsExport;
import alexnet.core.model.OpenModel;
import alexnet.core.network.Architecture;
import alexnet.core.weights.network.ParameterNames;
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
                "safetensors: the weights in PyTorch's shapes, the mean image, and the same metadata. Those of alexnet-owt have torchvision's names,"
                        + " and nothing is beside them: load_state_dict of torchvision's alexnet takes them; the mean is in the metadata."})
@Examples({"alexnet export --model runs/food/best.safetensors --format onnx --output food.onnx",
    "alexnet export --model runs/food/best.safetensors --format safetensors -o food.safetensors",
    "alexnet export --model runs/food/best.safetensors --format onnx --half -o food.onnx"})
final class ExportCommand implements Runnable {

    /** The kinds of file. */
    enum Format {
        ONNX, SAFETENSORS
    }

    /** Whose names. */
    enum Naming {
        TORCHVISION, ALEXNET
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(names = "--format", paramLabel = "onnx|safetensors", required = true, description = "The kind of file.")
    private Format format;

    @Mixin
    private OutputFileOption output;

    @Option(names = "--names", paramLabel = "torchvision|alexnet",
            description = "safetensors: what the tensors are called, and whether the mean image is one of them. Default: torchvision where the network is"
                    + " torchvision's, alexnet-owt, else alexnet.")
    private Naming names;

    @Option(names = "--half", description = "Store the weights as 16-bit floats: half as large. An ONNX graph makes 32-bit floats of them, with which it computes.")
    private boolean half;

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
        Usage.require(spec, names == null || format == Format.SAFETENSORS, "--names is for --format safetensors alone");
        try (OpenModel open = model.open()) {
            output.write(model.file(), "the checkpoint itself, which training could not go on from any more",
                    open.model().architecture().name() + " of " + open.model().classes().size() + " classes", file -> {
                        switch (format) {
                            case ONNX -> OnnxExport.write(open.reader(), open.model(), opset == null ? OnnxExport.FIRST_OPSET : opset, precision(), file);
                            case SAFETENSORS -> WeightsExport.write(open.reader(), open.model(), names(open), precision(), file);
                        }
                    });
        }
    }

    private Precision precision() {
        return half ? Precision.HALF : Precision.SINGLE;
    }

    private ParameterNames names(OpenModel open) {
        Architecture architecture = open.model().architecture();
        return switch (names) {
            case ALEXNET -> ParameterNames.OWN;
            case TORCHVISION -> {
                Usage.require(spec, ParameterNames.isTorchvisions(architecture), "--names torchvision is for torchvision's network, alexnet-owt, which "
                        + model.file() + " is not: it is " + architecture.name());
                yield ParameterNames.TORCHVISION;
            }
            case null -> ParameterNames.of(architecture);
        };
    }
}
