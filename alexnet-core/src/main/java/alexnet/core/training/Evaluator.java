package alexnet.core.training;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import alexnet.core.data.feed.Batch;
import alexnet.core.data.feed.BatchLoader;
import alexnet.core.data.Order;
import alexnet.core.data.StoredImages;
import alexnet.core.evaluation.Answer;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.replica.Alone;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Share;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Measures a network on a set of labelled images: loss, top-1 and top-5. Ranks share the images, and get the same sums. */
public final class Evaluator implements AutoCloseable {

    private final TwoGroupNetwork network;
    private final ViewAverage average;
    private final BatchLoader loader;
    private final int[] order;
    private final Replicas replicas;
    private final int batchSize;

    /**
     * For a look at a network that is being trained: images of all classes are in the first batch.
     *
     * @param images       at the network's stored size
     * @param views        what is shown of each image; the probabilities of all views are averaged (paper, section 4.1)
     * @param limitBatches at most so many batches, of images spread over the classes; 0 is all
     * @param workers      threads that read images ahead
     */
    public Evaluator(TwoGroupNetwork network, StoredImages images, List<View> views, int limitBatches, int workers) {
        this(network, images, views, Alone.REPLICA, network.images(), limitBatches, workers);
    }

    /**
     * The same, where ranks share the images of every batch.
     *
     * @param batchSize images of a whole batch
     */
    Evaluator(TwoGroupNetwork network, StoredImages images, List<View> views, Replicas replicas, int batchSize, int limitBatches, int workers) {
        this(network, images, views, replicas, batchSize, Order.spread(images, limited(images.size(), batchSize, limitBatches), batchSize), workers);
    }

    private Evaluator(TwoGroupNetwork network, StoredImages images, List<View> views, Replicas replicas, int batchSize, int[] order, int workers) {
        this.network = network;
        this.average = new ViewAverage(network, views);
        this.loader = new BatchLoader(images, Share.of(replicas, batchSize), workers);
        this.order = order;
        this.replicas = replicas;
        this.batchSize = batchSize;
    }

    /** The same, but the images come in their own order, which those who write down answers want. */
    public static Evaluator inOrder(TwoGroupNetwork network, StoredImages images, List<View> views, int limitBatches, int workers) {
        int count = limited(images.size(), network.images(), limitBatches);
        int[] order = count == images.size() ? IntStream.range(0, count).toArray() : Order.spread(images, count);
        return new Evaluator(network, images, views, Alone.REPLICA, network.images(), order, workers);
    }

    /** How many of so many images an epoch of at most {@code limitBatches} batches sees; 0 is no limit. */
    static int limited(int images, int batchSize, int limitBatches) {
        return limitBatches > 0 ? (int) Math.min(images, (long) limitBatches * batchSize) : images;
    }

    /** Batches of one evaluation. */
    public int batches() {
        return Math.ceilDiv(order.length, batchSize);
    }

    /** Images of one evaluation. */
    public int images() {
        return order.length;
    }

    /** Images of so many batches, from the first. */
    public int imagesOf(int batches) {
        return (int) Math.min(order.length, (long) batches * batchSize);
    }

    /** Is told how far it is, and may fail. */
    @FunctionalInterface
    public interface Progress<E extends Exception> {
        void done(int batches) throws E;
    }

    /**
     * Measures every image once. The batch whose loss is not finite is the last one, and its maps those that the network has.
     *
     * @param answered gets what the network says of each image, with or without a label, in their order
     * @param progress told the number of batches done after each
     */
    public Scores evaluate(Consumer<Answer> answered, IntConsumer progress) {
        return this.<RuntimeException>evaluate(answered, progress::accept, () -> false).orElseThrow();
    }

    /** The same of nothing but the sums, given up between two batches as soon as {@code stopping} says so: empty then. */
    public <E extends Exception> Optional<Scores> evaluate(Progress<E> progress, BooleanSupplier stopping) throws E {
        return evaluate(_ -> { }, progress, stopping);
    }

    private <E extends Exception> Optional<Scores> evaluate(Consumer<Answer> answered, Progress<E> progress, BooleanSupplier stopping) throws E {
        Scores own = Scores.NONE;
        loader.begin(order);
        for (int done = 1; ; done++) {
            boolean over = !loader.hasNext();
            // A rank alone asks once a batch, and not behind the last.
            Together together = together(own, !over && !own.spoilt() && stopping.getAsBoolean());
            if (over || together.scores.spoilt()) {
                return Optional.of(together.scores);
            }
            if (together.stopping) {
                return Optional.empty();
            }
            Batch batch = loader.next();
            network.inputs().set(batch.pixels(), batch.labels());
            FloatArray probabilities = average.probabilities();
            for (int place = 0; place < batch.count(); place++) {
                Answer answer = Answer.of(batch.samples()[place], batch.labels().get(place), ViewAverage.column(probabilities, network.images(), place));
                answered.accept(answer);
                own = own.plus(answer);
            }
            progress.done(done);
        }
    }

    /** What all ranks have measured so far, and whether one of them wants to give up. */
    private record Together(Scores scores, boolean stopping) {
    }

    private Together together(Scores own, boolean stopping) {
        double[] sums = {own.images(), own.loss(), own.top1(), own.top5(), stopping ? 1 : 0};
        replicas.sum(sums);
        return new Together(new Scores((long) sums[0], sums[1], (long) sums[2], (long) sums[3]), sums[4] > 0);
    }

    @Override
    public void close() {
        loader.close();
    }
}
