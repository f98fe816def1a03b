package alexnet.core.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import alexnet.core.data.Batch;
import alexnet.core.data.BatchLoader;
import alexnet.core.data.Order;
import alexnet.core.data.PreparedData;
import alexnet.core.data.StoredImages;
import alexnet.core.group.BatchInputs;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.Hyper;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Trains a network as the paper does (section 5): stochastic gradient descent over randomly ordered, augmented batches,
 * measured on the validation images after each epoch. Everything random is keyed by seed, epoch and image, so a run that
 * goes on from the history of an earlier one continues it bit for bit.
 */
public final class Trainer implements AutoCloseable {

    private final TwoGroupNetwork network;
    private final TrainingOptions options;
    private final Schedule schedule;
    private final Augmentation augmentation;
    private final BatchLoader loader;
    private final StoredImages images;
    private final Evaluator evaluator;
    private final TrainingListener listener;

    /**
     * @param network loaded, for batches of the options' size, with the mean of the data's statistics
     * @param data    at the network's stored size; its statistics give the colour noise
     * @param workers threads that read images ahead
     */
    public Trainer(TwoGroupNetwork network, PreparedData data, TrainingOptions options, int workers, TrainingListener listener) {
        this.network = network;
        this.options = options;
        this.schedule = options.schedule();
        this.augmentation = new Augmentation(network.architecture(), data.statistics());
        this.images = data.training();
        this.loader = new BatchLoader(images, options.batchSize(), workers);
        this.evaluator = new Evaluator(network, data.validation(), View.centre(network.architecture()), options.limitBatches(), workers);
        this.listener = listener;
    }

    /** What to do when an epoch is over, with all epochs so far: write a checkpoint. */
    @FunctionalInterface
    public interface AfterEpoch {
        void epochOver(List<EpochMetrics> history) throws IOException;
    }

    /** Training steps in an epoch. */
    public int stepsAnEpoch() {
        return Math.ceilDiv(imagesAnEpoch(), options.batchSize());
    }

    private int imagesAnEpoch() {
        return Evaluator.limited(images.size(), options.batchSize(), options.limitBatches());
    }

    /**
     * Trains until the options' number of epochs is reached.
     *
     * @param history the epochs that were trained before; empty for a new run
     * @return the history of the whole run
     * @throws DivergedException when a loss of training or validation is no longer a number
     * @throws IOException       when {@code afterEpoch} throws it
     */
    public List<EpochMetrics> run(List<EpochMetrics> history, AfterEpoch afterEpoch) throws IOException {
        List<EpochMetrics> all = new ArrayList<>(history);
        for (int epoch = all.size() + 1; epoch <= options.epochs(); epoch++) {
            all.add(epoch(epoch, all));
            afterEpoch.epochOver(List.copyOf(all));
            listener.epochFinished(all.getLast());
        }
        return all;
    }

    private EpochMetrics epoch(int epoch, List<EpochMetrics> history) {
        long start = System.nanoTime();
        List<Double> errors = history.stream().map(metrics -> 1 - metrics.top1()).toList();
        int steps = stepsAnEpoch();
        listener.epochStarted(epoch, steps);
        double lossSum = 0;
        long seen = 0;
        double lr = 0;
        loader.begin(Order.shuffled(images, options.seed(), epoch, imagesAnEpoch()));
        for (int step = 1; loader.hasNext(); step++) {
            lr = options.lr() * schedule.factor(new Schedule.Place(epoch, step, steps), options.epochs(), errors);
            Batch batch = loader.next();
            prepare(batch, epoch, lr);
            network.train();
            double loss = sum(network.losses());
            if (!Double.isFinite(loss)) {
                throw DivergedException.loss("epoch " + epoch + ", step " + step, "training", loss, lr);
            }
            lossSum += loss;
            seen += batch.count();
            listener.stepFinished(epoch, step, batch.count(), lr, loss / batch.count());
        }
        double trainingSeconds = (System.nanoTime() - start) / 1e9;
        listener.validationStarted(epoch, evaluator.batches());
        Scores scores = evaluator.evaluate(done -> listener.validationStep(epoch, done));
        if (!Double.isFinite(scores.meanLoss())) {
            throw DivergedException.loss("epoch " + epoch, "validation", scores.meanLoss(), lr);
        }
        return new EpochMetrics(epoch, lr, lossSum / seen, scores.meanLoss(), scores.top1Accuracy(), scores.top5Accuracy(),
                seen / trainingSeconds, (System.nanoTime() - start) / 1e9);
    }

    private void prepare(Batch batch, int epoch, double lr) {
        BatchInputs inputs = network.inputs();
        inputs.set(batch.pixels(), batch.labels());
        for (int place = 0; place < batch.count(); place++) {
            int key = CounterRandom.imageKey(options.seed(), epoch, images.key(batch.samples()[place]));
            inputs.imageKeys.set(place, key);
            augmentation.apply(inputs, place, key);
        }
        inputs.hyper.set(Hyper.RATE, (float) lr);
        inputs.hyper.set(Hyper.MOMENTUM, (float) options.momentum());
        inputs.hyper.set(Hyper.WEIGHT_DECAY, (float) options.weightDecay());
        inputs.hyper.set(Hyper.LOSS_SCALE, 1f / batch.count());
    }

    private static double sum(FloatArray values) {
        double sum = 0;
        for (int i = 0; i < values.getSize(); i++) {
            sum += values.get(i);
        }
        return sum;
    }

    @Override
    public void close() {
        loader.close();
        evaluator.close();
    }
}
