package alexnet.core.data.feed;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import alexnet.core.data.DataException;
import alexnet.core.data.StoredImages;
import alexnet.core.data.Workers;
import alexnet.core.replica.Share;

/**
 * Reads the batches of an epoch ahead of training, on threads of its own, into a small ring of buffers that are
 * allocated once. Which images a batch holds follows from the order and the share alone, never from the threads.
 *
 * <p>One thread consumes: {@link #begin} an epoch, then {@link #next} while {@link #hasNext}. A batch is valid until the
 * following call of any of the loader's other methods. The loader lives for many epochs; {@link #close} ends its threads.
 */
public final class BatchLoader implements AutoCloseable {

    /** The batches that a loader holds: one in use, one ready, one being filled. */
    public static final int BATCHES = 3;

    private final StoredImages images;
    private final Share share;
    private final Batch[] ring = new Batch[BATCHES];

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition workToDo = lock.newCondition();
    private final Condition workDone = lock.newCondition();
    /** For each buffer of the ring, the places still to be filled. */
    private final int[] missing = new int[BATCHES];
    /** The images of the epoch are those of its places from {@link #first} to {@link #end}. */
    private int[] order = new int[0];
    private int first;
    private int end;
    private int batches;
    private int handedOut;
    /** Batches that the consumer has finished with: all that were handed out but the one in use. */
    private int released;
    /** The next place to fill, counted through this rank's places of all batches of the epoch. */
    private long nextPlace;
    /** Threads that are filling a place now. */
    private int busy;
    private Throwable failure;
    private boolean closed;

    /**
     * Allocates the ring and starts the threads, which wait for {@link #begin}.
     *
     * @param images    what batches are made of
     * @param batchSize places in a batch
     * @param threads   decoder threads
     */
    public BatchLoader(StoredImages images, int batchSize, int threads) {
        this(images, Share.whole(batchSize), threads);
    }

    /**
     * The same of batches of which nothing but a share is read.
     *
     * @param share of every batch of the order; a batch of it has as many places as the share has slots
     */
    public BatchLoader(StoredImages images, Share share, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("a batch loader needs threads, at least 1, not " + threads);
        }
        this.images = images;
        this.share = share;
        for (int i = 0; i < BATCHES; i++) {
            ring[i] = new Batch(share.slots(), images.imageLength());
        }
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().daemon().name("batch-loader-" + i).start(this::work);
        }
    }

    /** Starts an epoch at its first image. */
    public void begin(int[] order) {
        begin(order, 0, order.length);
    }

    /**
     * Starts an epoch, abandoning what is left of the one before.
     *
     * @param order the images of the epoch in their order, as indices; any number of them, also repeated. Not copied: nobody changes it
     *              before {@link #abandon}
     * @param from  so many of them are left out, those of an epoch that goes on: its first batch begins behind them
     * @param to    where the epoch ends
     */
    public void begin(int[] order, int from, int to) {
        Objects.checkFromToIndex(from, to, order.length);
        for (int i = from; i < to; i++) {
            Objects.checkIndex(order[i], images.size());
        }
        lock.lock();
        try {
            requireOpen();
            abandon();
            this.order = order;
            first = from;
            end = to;
            batches = Math.ceilDiv(end - first, share.batchSize());
            workToDo.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what is left of the epoch: when it returns, nothing is read any more, and the order may be changed. */
    public void abandon() {
        lock.lock();
        try {
            batches = 0;
            while (busy > 0) {
                await(workDone);
            }
            handedOut = 0;
            released = 0;
            nextPlace = 0;
            failure = null;
            Arrays.fill(missing, share.slots());
        } finally {
            lock.unlock();
        }
    }

    /** The number of batches in the epoch that was begun last. */
    public int batches() {
        return batches;
    }

    /** Whether the epoch has another batch. */
    public boolean hasNext() {
        return handedOut < batches;
    }

    /** Whether there is another batch that need not be waited for, or will say what failed. */
    public boolean isReady() {
        lock.lock();
        try {
            return hasNext() && (missing[handedOut % BATCHES] == 0 || failure != null);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next batch, as soon as it is complete.
     *
     * @throws DataException          if an image can no longer be read
     * @throws NoSuchElementException if the epoch is over
     */
    public Batch next() {
        lock.lock();
        try {
            requireOpen();
            if (!hasNext()) {
                throw new NoSuchElementException("the epoch has only " + batches + " batches");
            }
            if (handedOut > 0) {
                missing[released % BATCHES] = share.slots();
                released = handedOut;
                workToDo.signalAll();
            }
            int slot = handedOut % BATCHES;
            while (missing[slot] > 0 && failure == null) {
                await(workDone);
            }
            if (failure != null) {
                throw Workers.unchecked(failure);
            }
            ring[slot].setCounts(share.count(images(handedOut)), images(handedOut));
            handedOut++;
            return ring[slot];
        } finally {
            lock.unlock();
        }
    }

    /** Images of a whole batch of the epoch. */
    private int images(int batch) {
        return (int) Math.min(share.batchSize(), end - first - (long) batch * share.batchSize());
    }

    private void work() {
        lock.lock();
        try {
            while (!closed) {
                if (failure != null || nextPlace >= (long) Math.min(batches, released + BATCHES) * share.slots()) {
                    workToDo.awaitUninterruptibly();
                } else {
                    fillNextPlace();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next place and fills it; the lock is held on entry and on return, but not in between. */
    private void fillNextPlace() {
        int batch = (int) (nextPlace / share.slots());
        int place = (int) (nextPlace % share.slots());
        int ofWhole = share.begin(images(batch)) + place;
        int sample = ofWhole < share.end(images(batch)) ? order[first + batch * share.batchSize() + ofWhole] : -1;
        int slot = batch % BATCHES;
        nextPlace++;
        busy++;
        lock.unlock();
        Throwable thrown = null;
        try {
            ring[slot].put(images, place, sample);
        } catch (Throwable e) {
            thrown = e;
        }
        lock.lock();
        busy--;
        missing[slot]--;
        if (thrown != null && failure == null) {
            failure = thrown;
        }
        if (missing[slot] == 0 || busy == 0 || failure != null) {
            workDone.signalAll();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the batch loader is closed");
        }
    }

    private static void await(Condition condition) {
        try {
            condition.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("interrupted while waiting for images", e);
        }
    }

    /** Ends the threads after the images that they are reading now; batches are no longer valid. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            workToDo.signalAll();
            while (busy > 0) {
                workDone.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
