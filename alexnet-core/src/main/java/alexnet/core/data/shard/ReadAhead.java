package alexnet.core.data.shard;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import alexnet.core.data.Workers;

/**
 * Works on several threads and hands the results out in the order of the tasks; so many are worked on ahead that a slow one keeps no
 * thread waiting. For one thread that asks.
 */
final class ReadAhead<T> implements AutoCloseable {

    private final ExecutorService workers;
    private final Iterator<Callable<T>> tasks;
    private final int ahead;
    private final Queue<Future<T>> results = new ArrayDeque<>();

    /**
     * @param threads that work
     * @param ahead   results that may wait to be asked for
     */
    ReadAhead(int threads, int ahead, Iterator<Callable<T>> tasks) {
        this.workers = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("preparer-", 0).factory());
        this.ahead = ahead;
        this.tasks = tasks;
    }

    /**
     * The result of the next task.
     *
     * @throws NoSuchElementException if there is none
     */
    T next() {
        while (results.size() < ahead && tasks.hasNext()) {
            results.add(workers.submit(tasks.next()));
        }
        return Workers.result(results.remove(), "images were read");
    }

    /** Waits for the tasks that have begun; threads that read are not interrupted, since that would close what others read from. */
    @Override
    public void close() {
        results.forEach(result -> result.cancel(false));
        workers.close();
    }
}
