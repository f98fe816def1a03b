package alexnet.runner;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast images go through a network that does not learn, and how long the rest of them will take. The first batch, in which kernels
 * are compiled, does not count.
 */
final class BatchPace {

    private static final int LEFT_RANK = 20;
    private static final int SPEED_RANK = 40;

    private final long images;
    private final int batch;
    private final LongSupplier clock;
    private long firstDone;
    private long firstTime;

    BatchPace(long images, int batch) {
        this(images, batch, System::nanoTime);
    }

    /**
     * @param images all of them
     * @param batch  images of the first batch
     * @param clock  in nanoseconds
     */
    BatchPace(long images, int batch, LongSupplier clock) {
        this.images = images;
        this.batch = batch;
        this.clock = clock;
    }

    /** What a meter shows when so many images are done. */
    List<Part> at(long done) {
        if (firstDone == 0) {
            if (done >= batch) {
                firstDone = done;
                firstTime = clock.getAsLong();
            }
            return List.of();
        }
        double seconds = (double) (clock.getAsLong() - firstTime) / TimeUnit.SECONDS.toNanos(1);
        if (done == firstDone || seconds <= 0) {
            return List.of();
        }
        double rate = (done - firstDone) / seconds;
        return List.of(new Part(SPEED_RANK, String.format(Locale.ROOT, "%.1f images/s", rate)),
                new Part(LEFT_RANK, TrainingProgress.clock((images - done) / rate) + " left"));
    }
}
