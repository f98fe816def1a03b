package alexnet.core.training;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import alexnet.core.data.Workers;
import alexnet.core.data.feed.Batch;
import alexnet.core.data.feed.BatchLoader;
import alexnet.core.group.BatchInputs;

/**
 * Copies the images of the next batch to where the devices get them from, while the step before is still on its way back: they have taken
 * theirs then. Of a batch of 128 that is 25 MB, which a fast device would otherwise wait for.
 */
final class NextBatch implements AutoCloseable {

    private final BatchLoader loader;
    private final BatchInputs inputs;
    private final ExecutorService copier = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("next-batch").factory());
    private CompletableFuture<Batch> copying;
    /** The batch that comes next, where it was taken from the loader already. */
    private Batch taken;
    private long filling;

    /** @param inputs of the network that the loader's batches are for */
    NextBatch(BatchLoader loader, BatchInputs inputs) {
        this.loader = loader;
        this.inputs = inputs;
    }

    /** Whether the epoch has another batch. */
    boolean hasNext() {
        return taken != null || loader.hasNext();
    }

    /** The next batch, whose images are in the inputs. */
    Batch next() {
        Batch batch = taken != null ? taken : loader.next();
        if (taken == null || filling != inputs.fillings()) {
            inputs.setPixels(batch.pixels());
        }
        taken = null;
        return batch;
    }

    /** Begins to copy the next batch if it need not be waited for; the images of the one before are no longer needed. */
    void begin() {
        if (loader.isReady()) {
            copying = CompletableFuture.supplyAsync(() -> {
                Batch batch = loader.next();
                inputs.setPixels(batch.pixels());
                return batch;
            }, copier);
        }
    }

    /** Waits for the copy that was begun: from now on the inputs may be used for something else, too. */
    void settle() {
        if (copying == null) {
            return;
        }
        try {
            taken = copying.join();
            filling = inputs.fillings();
        } catch (CompletionException failed) {
            throw Workers.unchecked(failed.getCause());
        } finally {
            copying = null;
        }
    }

    /** Forgets the epoch. */
    void abandon() {
        taken = null;
        loader.abandon();
    }

    @Override
    public void close() {
        copier.close();
    }
}
