package alexnet.core.group;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import alexnet.core.replica.ReductionCost;
import alexnet.core.replica.ReplicaException;
import alexnet.core.replica.Replicas;

/**
 * A thread that exchanges with the other ranks what the parts have ready, while they compute the rest of the way back. It does so in an
 * order that is the same on all ranks, and waits in each exchange: those that wait elsewhere make no progress by themselves.
 */
final class Reducer implements AutoCloseable {

    private static final long MILLIS_TO_END = 2000;
    private static final double NANOS = 1e-9;

    private final Replicas replicas;
    private final List<LayerReduction> order;
    /** How often each was started by its part, and how often it is done. */
    private final long[] started;
    private final long[] done;
    private final Thread thread;
    private long nanos;
    private long waitingNanos;
    private long bytes;
    private Throwable failure;

    /**
     * Makes sure that all ranks are to exchange the same, and begins.
     *
     * @param replicas of this thread alone
     * @param order    in which they are started, as far as that can be told: a part has its own started in this order
     * @throws ReplicaException if another rank has other gradients
     */
    Reducer(Replicas replicas, List<LayerReduction> order) {
        this.replicas = replicas;
        this.order = order;
        started = new long[order.size()];
        done = new long[order.size()];
        long all = order.stream().map(LayerReduction::describe).collect(Collectors.joining("\n")).hashCode();
        long[] bounds = {all, -all};
        replicas.maximum(bounds);
        if (bounds[0] != -bounds[1]) {
            throw new ReplicaException("the ranks have different networks: their layers, parts or images in a batch differ, or what of the layers learns");
        }
        thread = Thread.ofPlatform().daemon().name("reducer").start(this::run);
    }

    private void run() {
        RankExchange exchange = new RankExchange(replicas);
        try {
            while (true) {
                for (int place = 0; place < order.size(); place++) {
                    awaitStart(place);
                    long since = System.nanoTime();
                    order.get(place).exchange(exchange);
                    finish(place, System.nanoTime() - since);
                }
            }
        } catch (InterruptedException closed) {
            // Nobody waits any more.
        } catch (RuntimeException | Error failed) {
            fail(failed);
        }
    }

    private synchronized void awaitStart(int place) throws InterruptedException {
        while (started[place] == done[place]) {
            wait();
        }
    }

    private synchronized void finish(int place, long took) {
        done[place]++;
        nanos += took;
        bytes += order.get(place).bytes(replicas.size());
        notifyAll();
    }

    private synchronized void fail(Throwable failed) {
        failure = failed;
        notifyAll();
    }

    /** Lets something be exchanged that is on the host now, and stays as it is until {@link #await}. */
    synchronized void start(LayerReduction reduction) {
        requireSound();
        started[place(reduction)]++;
        notifyAll();
    }

    /**
     * Waits for what was started.
     *
     * @throws ReplicaException if it has failed
     */
    synchronized void await(LayerReduction reduction) throws InterruptedException {
        int own = place(reduction);
        int last = reduction.needsAllParts() ? lastOf(reduction.layer().name()) : own;
        long since = System.nanoTime();
        while (failure == null && done[last] < started[own]) {
            wait();
        }
        waitingNanos += System.nanoTime() - since;
        requireSound();
    }

    private void requireSound() {
        if (failure != null) {
            throw new ReplicaException("the gradients of the ranks could not be put together: " + failure.getMessage(), failure);
        }
    }

    private int place(LayerReduction reduction) {
        return IntStream.range(0, order.size()).filter(place -> order.get(place) == reduction).findFirst().orElseThrow();
    }

    private int lastOf(String layer) {
        return IntStream.range(0, order.size()).filter(place -> order.get(place).layer().name().equals(layer)).max().orElseThrow();
    }

    /** What its exchanges have cost so far, and how long its callers have waited for them, all together. */
    synchronized ReductionCost cost() {
        return new ReductionCost(nanos * NANOS, waitingNanos * NANOS, bytes);
    }

    /** Ends the thread; one that hangs in an exchange is left behind, and won't keep the process from ending. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        try {
            thread.join(MILLIS_TO_END);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
