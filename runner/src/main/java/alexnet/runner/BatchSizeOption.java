package alexnet.runner;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many images a command handles at a time. */
final class BatchSizeOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-b", "--batch-size"}, paramLabel = "N", description = "Images in a batch. Default: ${DEFAULT-VALUE}.")
    private int images;

    /** @param images by default */
    BatchSizeOption(int images) {
        this.images = images;
    }

    /**
     * Images in a batch.
     *
     * @throws picocli.CommandLine.ParameterException if there are none
     */
    int images() {
        Usage.requireAtLeast(spec, "--batch-size", images, 1);
        return images;
    }
}
