package alexnet.core.data.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Forces a large file to the disk beside the writing of it, so that nobody waits for all of it at the end. For one thread that writes. */
final class EarlyForce {

    private static final long EVERY_BYTES = 1 << 24;

    private final FileChannel channel;
    private CompletableFuture<Void> forcing = CompletableFuture.completedFuture(null);
    private long unforced;

    EarlyForce(FileChannel channel) {
        this.channel = channel;
    }

    /** So many bytes more are written. */
    void wrote(long bytes) {
        unforced += bytes;
        if (unforced >= EVERY_BYTES && forcing.isDone()) {
            unforced = 0;
            // A failure is told once: the next one waits for this one.
            forcing = forcing.thenRunAsync(() -> {
                try {
                    channel.force(false);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }

    /**
     * Waits until nothing is being forced any more.
     *
     * @throws IOException if that failed
     */
    void finish() throws IOException {
        try {
            forcing.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof UncheckedIOException known) {
                throw known.getCause();
            }
            throw failure;
        }
    }
}
