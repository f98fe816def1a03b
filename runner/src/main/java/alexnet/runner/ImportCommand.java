package alexnet.runner;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import alexnet.core.data.Resize;
import alexnet.core.data.folder.ClassNamesFile;
import alexnet.core.weights.network.ImportOptions;
import alexnet.core.weights.network.ImportedNetwork;
import alexnet.core.weights.network.ImportedNetworks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a model of a trained network that another program has written. */
@Command(name = "import", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Make a model of a trained network that another program has written.",
                "It takes torchvision's alexnet as PyTorch writes it (.pth, .pt, either format; also within a checkpoint) or as safetensors; Caffe's"
                        + " bvlc_alexnet and bvlc_reference_caffenet (.caffemodel), the same as ONNX's zoo has them; and what export has written. What"
                        + " a file is, is told from its content. What its makers do to an image before becomes part of the model, so that"
                        + " predict, test, export and train --init-from take it as it is.",
                "The last layer may have any number of classes. A file that does not fit is refused, with the first tensor that is"
                        + " missing, of another shape, or one too many."})
@Examples({"alexnet import alexnet-owt-7be5be79.pth -o owt.safetensors --classes synset_words.txt",
    "alexnet import bvlc_alexnet.caffemodel -o caffe.safetensors --mean mean.binaryproto",
    "alexnet import bvlcalexnet-12.onnx -o caffe.safetensors --resize squash"})
final class ImportCommand implements Runnable {

    @Parameters(paramLabel = "FILE", description = "The weights.")
    private Path file;

    @Mixin
    private OutputFileOption output;

    @Option(names = "--mean", paramLabel = "FILE",
            description = "The mean image of Caffe's training images: .binaryproto or .npy. Default: Caffe's mean of each channel (blue 104.007, green"
                    + " 116.669, red 122.679).")
    private Path mean;

    @Option(names = "--classes", paramLabel = "FILE",
            description = "Names of the classes in the order of the network's outputs: a line each (with words behind WNIDs, as in synset_words.txt),"
                    + " a JSON list, or a prepared set's classes.json. Default: numbers from 0.")
    private Path classes;

    @Option(names = "--as", paramLabel = "NAME", completionCandidates = Candidates.Networks.class,
            description = "The architecture, where the file leaves it open: alexnet-caffe or caffenet for Caffe's weights without their layers.")
    private String architecture;

    @Option(names = "--resize", paramLabel = "cover|squash",
            description = "How images are brought to the stored size: cover keeps their proportions and the centre, squash does not."
                    + " Default: cover, or as the file says.")
    private Resize resize;

    @Mixin
    private QuietOption quiet;

    @Override
    public void run() {
        ImportOptions options = new ImportOptions(Optional.ofNullable(architecture), Optional.ofNullable(mean), Optional.ofNullable(resize),
                Optional.ofNullable(classes).map(ClassNamesFile::read));
        try (ImportedNetwork network = ImportedNetworks.open(file, options)) {
            String name = network.model().architecture().name();
            PrintWriter news = quiet.news();
            news.println(String.format(Locale.ROOT, "%s: %s; %s, as %s: %,d parameters, %d classes", file, network.file().format(), network.kind(), name,
                    network.parameters(), network.model().architecture().classes()));
            InputText.of(network.model()).forEach(news::println);
            network.notes().forEach(news::println);
            output.write(file, "the file itself, which nothing could be imported from any more",
                    name + " of " + network.model().architecture().classes() + " classes", network::write);
        }
    }
}
