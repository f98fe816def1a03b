package alexnet.core.training;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import alexnet.core.data.feed.Batch;
import alexnet.core.data.feed.BatchLoader;
import alexnet.core.data.Shuffle;
import alexnet.core.data.feed.TrainingData;
import alexnet.core.data.StoredImages;
import alexnet.core.group.BatchInputs;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.replica.Alone;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Share;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.Hyper;
import alexnet.kernels.ParameterGroup;

/**
 * What a step of training computes, and a measurement: stochastic gradient descent as in the paper (section 5) over randomly ordered,
 * augmented batches, and loss and accuracy on the validation images. Everything random is keyed by seed, epoch and image, so that
 * a run may go on at any image of any epoch.
 *
 * <p>Ranks share the images of every batch, and take the same steps at the same time: what a step and a measurement come to is what they come
 * to on all of them together.
 */
public final class Trainer implements AutoCloseable {

    private final TwoGroupNetwork network;
    private final Replicas replicas;
    private final TrainingOptions options;
    private final Schedule schedule;
    private final Augmentation augmentation;
    private final BatchLoader loader;
    private final NextBatch ahead;
    private final StoredImages images;
    private final Shuffle shuffle;
    private final Evaluator evaluator;
    private int epoch;

    /**
     * @param network loaded, for batches of the options' size, with the mean of the data's statistics
     * @param data    at the network's stored size; its statistics give the colour noise
     * @param workers threads that read images ahead
     */
    public Trainer(TwoGroupNetwork network, TrainingData data, TrainingOptions options, int workers) {
        this(network, Alone.REPLICA, data, options, workers);
    }

    /**
     * One of ranks that train together.
     *
     * @param network loaded, for batches of as many images as a rank's {@link Share} of the options' size has slots
     */
    public Trainer(TwoGroupNetwork network, Replicas replicas, TrainingData data, TrainingOptions options, int workers) {
        this.network = network;
        this.replicas = replicas;
        this.options = options;
        this.schedule = options.schedule();
        this.augmentation = new Augmentation(network.architecture(), data.statistics());
        this.images = data.training();
        this.shuffle = new Shuffle(images, options.seed());
        this.loader = new BatchLoader(images, Share.of(replicas, options.batchSize()), workers);
        this.ahead = new NextBatch(loader, network.inputs());
        this.evaluator = new Evaluator(network, data.validation(), View.centre(network.architecture()), replicas, options.batchSize(),
                options.limitBatches(), workers);
    }

    /**
     * What a step came to.
     *
     * @param images         in its whole batch
     * @param lr             its learning rate
     * @param lossSum        sum of the cross-entropies of its images; not finite when the training diverges
     * @param waitingSeconds that this rank waited for images
     */
    public record Step(int images, double lr, double lossSum, double waitingSeconds) {
    }

    /** The network that learns. */
    public TwoGroupNetwork network() {
        return network;
    }

    /** Who trains it together. */
    public Replicas replicas() {
        return replicas;
    }

    /** What it is told. */
    public TrainingOptions options() {
        return options;
    }

    /** Training images shown in an epoch. */
    public int imagesAnEpoch() {
        return Evaluator.limited(images.size(), options.batchSize(), options.limitBatches());
    }

    /** Batches of a measurement. */
    public int validationBatches() {
        return evaluator.batches();
    }

    /**
     * Goes to a place in the data.
     *
     * @param epoch      from 1
     * @param firstImage so many images of the epoch have been shown already
     */
    public void begin(int epoch, int firstImage) {
        this.epoch = epoch;
        ahead.abandon();
        loader.begin(shuffle.epoch(epoch), firstImage, imagesAnEpoch());
    }

    /** Whether the epoch has more images. */
    public boolean hasNext() {
        return ahead.hasNext();
    }

    /** The learning rate of a step, see {@link #step}. */
    public double rate(Schedule.Place place, List<Double> errors, int rollbacks) {
        return fullRate(rollbacks) * schedule.factor(place, options.epochs(), errors);
    }

    /** The learning rate that the schedule multiplies. */
    public double fullRate(int rollbacks) {
        return options.scaledLr() * Math.pow(0.5, rollbacks);
    }

    /**
     * Trains on the next batch of the epoch.
     *
     * @param place     of the step, for the schedule
     * @param errors    validation top-1 error of each measurement so far
     * @param rollbacks how often the rate was halved because the training diverged
     */
    public Step step(Schedule.Place place, List<Double> errors, int rollbacks) {
        double lr = rate(place, errors, rollbacks);
        long start = System.nanoTime();
        Batch batch = ahead.next();
        double waitingSeconds = (System.nanoTime() - start) / 1e9;
        prepare(batch, lr);
        int count = batch.images();
        network.train(ahead::begin);
        ahead.settle();
        return new Step(count, lr, network.lossSum(), waitingSeconds);
    }

    private void prepare(Batch batch, double lr) {
        BatchInputs inputs = network.inputs();
        inputs.setLabels(batch.labels());
        for (int place = 0; place < batch.count(); place++) {
            int key = CounterRandom.imageKey(options.seed(), epoch, images.key(batch.samples()[place]));
            inputs.imageKeys.set(place, key);
            augmentation.apply(inputs, place, key, options.colourNoise(epoch));
        }
        Hyper.set(inputs.hyper, Hyper.RATE, ParameterGroup.WEIGHTS, lr);
        Hyper.set(inputs.hyper, Hyper.RATE, ParameterGroup.BIASES, lr * options.biasLr());
        inputs.hyper.set(Hyper.MOMENTUM, (float) options.momentum());
        Hyper.set(inputs.hyper, Hyper.WEIGHT_DECAY, ParameterGroup.WEIGHTS, options.weightDecay());
        Hyper.set(inputs.hyper, Hyper.WEIGHT_DECAY, ParameterGroup.BIASES, options.weightDecay() * options.biasWd());
        inputs.hyper.set(Hyper.LOSS_SCALE, 1f / batch.images());
    }

    /**
     * Measures the network on the validation images, or gives it up between two batches.
     *
     * @param progress is told the number of batches done after each
     */
    public <E extends Exception> Optional<Scores> validate(Evaluator.Progress<E> progress, BooleanSupplier stopping) throws E {
        return evaluator.evaluate(progress, stopping);
    }

    @Override
    public void close() {
        ahead.close();
        loader.close();
        evaluator.close();
    }
}
