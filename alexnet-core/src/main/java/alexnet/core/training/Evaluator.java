package alexnet.core.training;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

import alexnet.core.data.feed.Batch;
import alexnet.core.data.feed.BatchLoader;
import alexnet.core.data.Order;
import alexnet.core.data.StoredImages;
import alexnet.core.group.TwoGroupNetwork;

/** Measures a network on a set of labelled images: loss, top-1 and top-5. */
public final class Evaluator implements AutoCloseable {

    private final TwoGroupNetwork network;
    private final ViewAverage average;
    private final BatchLoader loader;
    private final int[] order;

    /**
     * @param images       at the network's stored size
     * @param views        what is shown of each image; the probabilities of all views are averaged (paper, section 4.1)
     * @param limitBatches at most so many batches, of images spread over the classes; 0 is all
     * @param workers      threads that read images ahead
     */
    public Evaluator(TwoGroupNetwork network, StoredImages images, List<View> views, int limitBatches, int workers) {
        this.network = network;
        this.average = new ViewAverage(network, views);
        this.loader = new BatchLoader(images, network.images(), workers);
        this.order = Order.spread(images, limited(images.size(), network.images(), limitBatches), network.images());
    }

    /** How many of so many images an epoch of at most {@code limitBatches} batches sees; 0 is no limit. */
    static int limited(int images, int batchSize, int limitBatches) {
        return limitBatches > 0 ? (int) Math.min(images, (long) limitBatches * batchSize) : images;
    }

    /** Batches of one evaluation. */
    public int batches() {
        return Math.ceilDiv(order.length, network.images());
    }

    /**
     * Measures every image once; {@code progress} is told the number of batches done after each. Images of all classes are in the
     * first batch. The batch whose loss is not finite is the last one, and its maps those that the network has.
     */
    public Scores evaluate(IntConsumer progress) {
        return this.<RuntimeException>evaluate(progress::accept, () -> false).orElseThrow();
    }

    /** Is told of batches that are done, and may fail. */
    @FunctionalInterface
    public interface Progress<E extends Exception> {
        void done(int batches) throws E;
    }

    /** The same, given up between two batches as soon as {@code stopping} says so: empty then. */
    public <E extends Exception> Optional<Scores> evaluate(Progress<E> progress, BooleanSupplier stopping) throws E {
        Scores scores = Scores.NONE;
        loader.begin(order);
        for (int done = 1; loader.hasNext() && !scores.spoilt(); done++) {
            if (stopping.getAsBoolean()) {
                return Optional.empty();
            }
            Batch batch = loader.next();
            network.inputs().set(batch.pixels(), batch.labels());
            scores = scores.plus(average.probabilities(), network.inputs().labels);
            progress.done(done);
        }
        return Optional.of(scores);
    }

    @Override
    public void close() {
        loader.close();
    }
}
