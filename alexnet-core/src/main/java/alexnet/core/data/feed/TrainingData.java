package alexnet.core.data.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.MaxBad;
import alexnet.core.data.Names;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredImages;

/**
 * A data set ready for training: both splits decoded once, and what training needs to know of the training images.
 *
 * @param dataset    where the images are from
 * @param training   the images to learn from
 * @param validation the images to measure with
 * @param statistics measured over the training images
 */
public record TrainingData(Dataset dataset, StoredImages training, StoredImages validation, DatasetStatistics statistics) implements AutoCloseable {

    /**
     * Decodes every image of both splits once; training images are kept in memory first.
     *
     * @param maxBad how many images may be left out
     * @throws DataException if more are, if a class has no training image that can be read, if nothing is left to validate
     *                       with, or if reading fails for a reason that is not the images'
     */
    public static TrainingData of(Dataset dataset, Preprocessing preprocessing, Decoding decoding, MaxBad maxBad) {
        TrainingData data = stored(dataset, preprocessing).orElseGet(() -> checked(dataset, preprocessing, decoding));
        requireImages(dataset, "training", data.training);
        requireImages(dataset, "validation", data.validation);
        maxBad.check(dataset.folder(), data.skipped(), data.training.size() + data.validation.size());
        requireEveryClass(dataset, data.training, data.skipped());
        return data;
    }

    /** As the images are held at this size already, if they are. */
    private static Optional<TrainingData> stored(Dataset dataset, Preprocessing preprocessing) {
        return dataset.training().stored(preprocessing).flatMap(training -> dataset.validation().stored(preprocessing)
                .flatMap(validation -> dataset.training().statistics(preprocessing).map(statistics -> new TrainingData(dataset, training, validation, statistics))));
    }

    private static TrainingData checked(Dataset dataset, Preprocessing preprocessing, Decoding decoding) {
        var collector = new DatasetStatistics.Collector(dataset.channels(), preprocessing.size());
        int total = dataset.training().size() + dataset.validation().size();
        int trainingSize = dataset.training().size();
        CheckedImages training = CheckedImages.load(dataset.training(), preprocessing, new Decoding(decoding.threads(),
                decoding.cacheBytes(), (done, _) -> decoding.progress().report(done, total)), collector);
        long left = training.cached() ? decoding.cacheBytes() - (long) training.imageLength() * trainingSize : decoding.cacheBytes();
        StoredImages validation = CheckedImages.load(dataset.validation(), preprocessing, new Decoding(decoding.threads(), left,
                (done, _) -> decoding.progress().report(trainingSize + done, total)));
        requireImages(dataset, "training", training);
        return new TrainingData(dataset, training, validation, collector.statistics());
    }

    private static void requireEveryClass(Dataset dataset, StoredImages training, List<Skipped> skipped) {
        int[] counts = training.classCounts(dataset.classes().size());
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] == 0) {
                String name = dataset.classes().get(label);
                String why = skipped.stream().filter(file -> ("/" + Names.composed(file.name())).contains("/" + name + "/")).findFirst()
                        .map(file -> " (" + file + ")").orElse("");
                throw new DataException(dataset.folder() + ": no training image of the class " + name
                        + " can be read" + why + "; mend its images or remove the class");
            }
        }
    }

    private static void requireImages(Dataset dataset, String split, StoredImages images) {
        if (images.size() == 0) {
            throw new DataException("no images in " + dataset.folder() + ": " + (images.skipped().isEmpty() ? "all " + split + " files are left out"
                    : "none of the " + images.skipped().size() + " " + split + " files can be read (" + images.skipped().getFirst() + ")"));
        }
    }

    /** Closes the data set. */
    @Override
    public void close() {
        dataset.close();
    }

    /** Every file that is left out, of both splits. */
    public List<Skipped> skipped() {
        List<Skipped> skipped = new ArrayList<>(dataset.skipped());
        skipped.addAll(training.skipped());
        skipped.addAll(validation.skipped());
        return skipped;
    }

    /** By what the images are known again. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(dataset, training, validation, skipped());
    }

    /** The share of validation images that an answer gets right which always names the largest class of the training set. */
    public double majorityBaseline() {
        int classes = dataset.classes().size();
        int[] counts = training.classCounts(classes);
        int majority = 0;
        for (int label = 1; label < classes; label++) {
            if (counts[label] > counts[majority]) {
                majority = label;
            }
        }
        return (double) validation.classCounts(classes)[majority] / validation.size();
    }
}
