package alexnet.runner;

import java.io.PrintWriter;
import java.nio.file.Path;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a file of weights holds. */
@Command(name = "info", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Tell what a file of weights holds, whoever wrote it: checkpoints and exports of this program, and all that import reads.",
                "Told are its format, its tensors, the network that they are (or why they are none that is known), how an image is prepared for it, its"
                        + " classes, and for a checkpoint how it was trained. Nothing of it is executed."})
@Examples({"alexnet info alexnet-owt-7be5be79.pth",
    "alexnet info --json runs/food/best.safetensors > best.json"})
final class InfoCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Option(names = "--json", description = "Print one object: file, format, bytes, tensors (name, type, shape), elements, metadata, network or problem, training.")
    private boolean json;

    @Override
    public void run() {
        WeightsInfo info = WeightsInfo.of(file);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            InfoReport.json(info, out);
        } else {
            InfoReport.text(info, out);
        }
        out.flush();
    }
}
