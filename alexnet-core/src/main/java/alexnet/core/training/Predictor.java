package alexnet.core.training;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import alexnet.core.data.Preprocessing;
import alexnet.core.data.Progress;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredImages;
import alexnet.core.data.feed.CheckedImages;
import alexnet.core.data.feed.Decoding;
import alexnet.core.data.folder.UnlabelledImages;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Asks a network what image files show. */
public final class Predictor {

    private static final int NO_LABEL = -1;

    private final TwoGroupNetwork network;
    private final ViewAverage average;
    private final Preprocessing preprocessing;

    /**
     * @param network       loaded; as many images as its batch holds are decoded and asked about together
     * @param preprocessing what it was trained with
     * @param views         what is shown of each image; the probabilities of all views are averaged (paper, section 4.1)
     */
    public Predictor(TwoGroupNetwork network, Preprocessing preprocessing, List<View> views) {
        this.network = network;
        this.preprocessing = preprocessing;
        this.average = new ViewAverage(network, views);
    }

    /**
     * Predicts every file.
     *
     * @param predicted gets the name and the probability of each class of every image, in the order of the files
     * @param failed    gets the files that hold no image, between the batches
     */
    public void predict(List<Path> files, BiConsumer<String, float[]> predicted, Consumer<Skipped> failed) {
        Architecture architecture = network.architecture();
        Decoding decoding = new Decoding(Runtime.getRuntime().availableProcessors(), Long.MAX_VALUE, Progress.NONE);
        for (int start = 0; start < files.size(); start += network.images()) {
            List<Path> batch = files.subList(start, Math.min(files.size(), start + network.images()));
            StoredImages images = CheckedImages.load(new UnlabelledImages(batch, architecture.channels()), preprocessing, decoding);
            images.skipped().forEach(failed);
            if (images.size() > 0) {
                predict(images, predicted);
            }
        }
    }

    private void predict(StoredImages images, BiConsumer<String, float[]> predicted) {
        // Where a last batch is short of images, those of the one before are computed again and not looked at.
        network.inputs().labels.init(NO_LABEL);
        for (int place = 0; place < images.size(); place++) {
            images.read(place, network.inputs().pixels.getSegment().asSlice((long) place * images.imageLength(), images.imageLength()));
        }
        FloatArray probabilities = average.probabilities();
        for (int place = 0; place < images.size(); place++) {
            predicted.accept(images.name(place), ViewAverage.column(probabilities, network.images(), place));
        }
    }
}
