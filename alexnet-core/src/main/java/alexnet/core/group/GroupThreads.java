package alexnet.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/**
 * A thread for each part, or one for parts that share a plan. Whatever is run in them has ended when a method returns, also
 * where it fails.
 */
final class GroupThreads implements AutoCloseable {

    /** What is done in a part's thread. */
    @FunctionalInterface
    interface Action {
        void run(int group) throws InterruptedException;
    }

    private final List<ExecutorService> threads;

    /** The threads start with the first action. */
    GroupThreads(int groups) {
        threads = IntStream.range(0, groups).mapToObj(group ->
                Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("group-" + group).factory())).toList();
    }

    /**
     * Runs the action in every thread. A part that fails interrupts the others, which would wait for it for ever.
     *
     * @throws CancellationException if the calling thread is interrupted; it stays interrupted
     */
    void together(Action action) {
        BlockingQueue<Future<Void>> finished = new LinkedBlockingQueue<>();
        List<Future<Void>> running = submit(action, finished);
        Throwable failure = null;
        for (int i = 0; i < threads.size() && failure == null; i++) {
            try {
                finished.take().get();
            } catch (ExecutionException failed) {
                failure = failed.getCause();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                failure = new CancellationException("interrupted while the parts were computing");
            }
        }
        if (failure != null) {
            running.forEach(other -> other.cancel(true));
            // What is cancelled may still be computing.
            submit(_ -> { }, new LinkedBlockingQueue<>()).forEach(GroupThreads::awaitEnd);
            throw unchecked(failure);
        }
    }

    /** Runs the action in every thread, whatever becomes of it in others; throws the first failure, with those after it suppressed. */
    void each(Action action) {
        Throwable first = null;
        for (Future<Void> future : submit(action, new LinkedBlockingQueue<>())) {
            Throwable failure = awaitEnd(future);
            if (first == null) {
                first = failure;
            } else if (failure != null) {
                first.addSuppressed(failure);
            }
        }
        if (first != null) {
            throw unchecked(first);
        }
    }

    private List<Future<Void>> submit(Action action, BlockingQueue<Future<Void>> finished) {
        List<Future<Void>> running = new ArrayList<>();
        for (int group = 0; group < threads.size(); group++) {
            int own = group;
            running.add(new ExecutorCompletionService<>(threads.get(group), finished).submit(() -> {
                action.run(own);
                return null;
            }));
        }
        return running;
    }

    /** Waits, whether interrupted or not, and returns what it failed with, or null. */
    private static Throwable awaitEnd(Future<Void> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return null;
                } catch (ExecutionException failed) {
                    return failed.getCause();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }

    /** Ends the threads. */
    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdown);
    }
}
