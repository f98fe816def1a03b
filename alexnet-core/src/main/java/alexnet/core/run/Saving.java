package alexnet.core.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import alexnet.core.data.Workers;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent.CheckpointWritten;

/**
 * Writes checkpoints beside training, one after the other. What is written must stay as it is meanwhile: whoever has the network
 * saved again waits for it before. A failure is told by the next call.
 */
public final class Saving implements AutoCloseable {

    /** What a checkpoint holds. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes a file, all or nothing, with the parameters and momenta that the network has saved last.
         *
         * @throws alexnet.core.training.DivergedException if they are not finite; the file is then as it was
         */
        void write(Path file, RunState state) throws IOException;
    }

    private final Path path;
    /** Null where another rank writes. */
    private final RunFolder folder;
    private final CheckpointOptions options;
    private final Content content;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("checkpoint-writer").factory());
    private Future<CheckpointWritten> pending;

    /** @param folder in which a run has begun */
    public Saving(RunFolder folder, CheckpointOptions options, Content content) {
        this(folder.path(), folder, options, content);
    }

    private Saving(Path path, RunFolder folder, CheckpointOptions options, Content content) {
        this.path = path;
        this.folder = folder;
        this.options = options;
        this.content = content;
    }

    /**
     * That of a rank which leaves writing to another.
     *
     * @param path of the run's folder there
     */
    public static Saving elsewhere(Path path, CheckpointOptions options) {
        return new Saving(path, null, options, null);
    }

    CheckpointOptions options() {
        return options;
    }

    /** Where the run writes, on this machine or another. */
    Path path() {
        return path;
    }

    /**
     * Makes sure that the folder is still there and this run's.
     *
     * @throws IOException if it was deleted, moved or replaced
     */
    void requireHeld() throws IOException {
        if (folder != null) {
            folder.requireHeld();
        }
    }

    /** Begins to write, unless another rank does; nothing else is being written. */
    void start(RunState state, Place place) {
        if (folder == null) {
            return;
        }
        pending = thread.submit(() -> {
            long start = System.nanoTime();
            Path file = folder.save(state, content, options.keep(), options.keepEverySteps(place.stepsAnEpoch()));
            return new CheckpointWritten(place, file, (System.nanoTime() - start) / 1e9);
        });
    }

    /** What has been written since the last call, without waiting. */
    Optional<CheckpointWritten> poll() throws IOException {
        return pending != null && pending.isDone() ? await() : Optional.empty();
    }

    /** What has been written since the last call; waits for what is being written. */
    Optional<CheckpointWritten> await() throws IOException {
        if (pending == null) {
            return Optional.empty();
        }
        settle();
        Future<CheckpointWritten> written = pending;
        pending = null;
        if (written.state() == Future.State.SUCCESS) {
            return Optional.of(written.resultNow());
        }
        switch (written.exceptionNow()) {
            case IOException exception -> throw exception;
            case Throwable other -> throw Workers.unchecked(other);
        }
    }

    /** Waits until nothing is being written, so that what is written may change; how it went is told by the next call. */
    void settle() {
        boolean interrupted = false;
        while (pending != null && !pending.isDone()) {
            try {
                pending.get();
            } catch (InterruptedException again) {
                interrupted = true;
            } catch (ExecutionException told) {
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets what is being written come to its end. */
    @Override
    public void close() {
        thread.close();
    }
}
