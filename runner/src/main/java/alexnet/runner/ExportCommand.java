package alexnet.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

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

    private static final double MEBIBYTE = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Option(names = "--format", paramLabel = "onnx|safetensors", required = true, description = "The kind of file.")
    private Format format;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true, description = "The new file; an old one is replaced.")
    private Path output;

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
            requireOutput();
            switch (format) {
                case ONNX -> OnnxExport.write(open.reader(), open.model(), opset == null ? OnnxExport.FIRST_OPSET : opset, output);
                case SAFETENSORS -> WeightsExport.write(open.reader(), open.model(), output);
            }
            spec.commandLine().getErr().println(String.format(Locale.ROOT, "%s of %d classes written to %s, %.1f MiB",
                    open.model().architecture().name(), open.model().classes().size(), output, Files.size(output) / MEBIBYTE));
        } catch (IOException failure) {
            throw new OutputException(folder(), failure);
        }
    }

    private Path folder() {
        return output.toAbsolutePath().normalize().getParent();
    }

    private void requireOutput() throws IOException {
        if (Files.isDirectory(output)) {
            throw new OutputException(output + " is a folder: name a file by --output");
        }
        if (!Files.isDirectory(folder())) {
            throw new OutputException("there is no folder " + folder());
        }
        if (Files.exists(output) && Files.isSameFile(model.file(), output)) {
            throw Usage.mistake(spec, "--output is the checkpoint itself, which training could not go on from any more");
        }
    }
}
