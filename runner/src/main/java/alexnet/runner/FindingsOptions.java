package alexnet.runner;

import java.nio.file.Path;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a run's network is asked for a report. */
final class FindingsOptions {

    static final int IMAGES = 10_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--curves-only", description = "Ask no network and read no images: curves alone.")
    boolean curvesOnly;

    @Option(names = "--model", paramLabel = "FILE",
            description = "The checkpoint of which is told what it has learnt. Default: best.safetensors of each run, or last.safetensors where there is none.")
    Path model;

    @Option(names = "--data", paramLabel = "NAME|FOLDER", description = "The images of the runs. Default: those that config.json of each run names.")
    String data;

    private int limit = IMAGES;

    @Option(names = "--limit-images", paramLabel = "N",
            description = "Look at so many images of each half at most, spread evenly over the classes; 0 is all. Default: " + IMAGES + ".")
    private void setLimit(int images) {
        Usage.requireAtLeast(spec, "--limit-images", images, 0);
        limit = images == 0 ? Integer.MAX_VALUE : images;
    }

    @Mixin
    DeviceOptions devices;

    @Mixin
    private BatchSizeOption batchSize = new BatchSizeOption(32);

    int limit() {
        return limit;
    }

    int batchSize() {
        return batchSize.images();
    }

    /** Whether somebody asked for a certain network, images or device, so that their lack is a mistake. */
    boolean insisting() {
        return model != null || data != null || devices.given();
    }
}
