package alexnet.runner;

import java.io.PrintWriter;

import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.network.Architecture;
import alexnet.core.run.OpenSnapshot;
import alexnet.core.weights.network.ImportedNetwork;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How images are brought to their size for training. */
@Section("Data")
final class ResizeOption {

    private static final String NAME = "--resize";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = NAME, paramLabel = "cover|squash",
            description = "How images are brought to the stored size: cover keeps their proportions and the centre, squash does not, as in Caffe."
                    + " Default: as a prepared set was, else cover.")
    private Resize resize;

    /**
     * What is done to the images of a run.
     *
     * @param earlier what it goes on from, or null
     * @param begun   the network whose first layer it begins from, or null
     * @param data    what the user calls the images
     * @param err     is told where a recipe or a configuration yields to what a set was prepared by, or a run begun with
     */
    Preprocessing over(OpenSnapshot earlier, ImportedNetwork begun, ImageSource images, Architecture network, String data, PrintWriter err) {
        if (earlier != null) {
            Preprocessing trained = earlier.content().model().preprocessing();
            Usage.require(spec, resize == trained.resize() || !isGiven(), NAME + " is " + resize + ", but " + earlier.file() + " was begun with "
                    + trained.resize() + ": it cannot change while a network is trained");
            if (resize != null && resize != trained.resize()) {
                err.println(earlier.file() + " was begun with " + NAME + " " + trained.resize() + ", and goes on so, not by " + resize);
            }
            return trained;
        }
        StoredSize size = new StoredSize(network.storedSize(), network.storedSize());
        Preprocessing held = new Preprocessing(size, images.resize());
        Resize wanted = begun == null ? resize : begunBy(begun, err);
        if (wanted == null || wanted == held.resize()) {
            return held;
        }
        if (isGiven() || images.statistics(held).isEmpty()) {
            return new Preprocessing(size, wanted);
        }
        err.println(data + " was prepared by " + NAME + " " + held.resize() + ", and is used so, not by " + wanted + ", which it would have to be prepared by");
        return held;
    }

    private Resize begunBy(ImportedNetwork begun, PrintWriter err) {
        Resize theirs = begun.model().resize();
        if (resize != null && resize != theirs) {
            err.println(begun.file().file() + " was trained with " + NAME + " " + theirs + (isGiven() ? ", its layers go on with " + resize : ", and its layers go on so, not by " + resize));
        }
        return isGiven() ? resize : theirs;
    }

    private boolean isGiven() {
        return spec.commandLine().getParseResult().hasMatchedOption(NAME);
    }
}
