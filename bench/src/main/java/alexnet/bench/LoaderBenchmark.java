package alexnet.bench;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

import alexnet.core.data.Shuffle;
import alexnet.core.data.StoredImages;
import alexnet.core.data.Workers;
import alexnet.core.data.feed.Batch;
import alexnet.core.data.feed.BatchLoader;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;

/**
 * How fast images come to training, with no device that would have to wait: batches as training gets them, and for comparison the same
 * images read by as many threads without a loader, and as many bytes copied in memory. In random order.
 *
 * @param images    what is read
 * @param batchSize images in a batch
 * @param threads   that read; of the other two, that read or copy
 * @param nanos     how long each is measured
 */
public record LoaderBenchmark(StoredImages images, int batchSize, int threads, long nanos) {

    /** More than caches hold. */
    private static final long SOURCE_BYTES = 1L << 28;

    /** What is measured. */
    public enum What {
        COPYING("copying in memory"), READING("reading alone"), BATCHES("batches");

        private final String words;

        What(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Images a second.
     *
     * @param round which images come, and in which order
     */
    public double rate(What what, int round) {
        return switch (what) {
            case COPYING -> copying();
            case READING -> reading(round);
            case BATCHES -> batches(round);
        };
    }

    private double copying() {
        int length = images.imageLength();
        int sources = (int) Math.max(1, SOURCE_BYTES / threads / length);
        return byThreads(_ -> {
            MemorySegment source = new ByteArray(sources * length).getSegment().fill((byte) 1);
            MemorySegment target = new ByteArray(batchSize * length).getSegment();
            return image -> MemorySegment.copy(source, (long) (image % sources) * length, target, (long) (image % batchSize) * length, length);
        });
    }

    private double reading(int round) {
        int[] order = new Shuffle(images, 0).epoch(round);
        int length = images.imageLength();
        return byThreads(thread -> {
            MemorySegment target = new ByteArray(batchSize * length).getSegment();
            return image -> images.read(order[(int) (((long) image * threads + thread) % order.length)],
                    target.asSlice((long) (image % batchSize) * length, length));
        });
    }

    /** As training takes them: copied to what goes to the device. */
    private double batches(int round) {
        int[] order = new Shuffle(images, 0).epoch(round);
        ByteArray pixels = new ByteArray(batchSize * images.imageLength());
        try (BatchLoader loader = new BatchLoader(images, batchSize, threads)) {
            loader.begin(order);
            long begin = System.nanoTime();
            long done = 0;
            while (System.nanoTime() - begin < nanos) {
                if (!loader.hasNext()) {
                    loader.begin(order);
                }
                Batch batch = loader.next();
                MemorySegment.copy(batch.pixels().getSegment(), 0, pixels.getSegment(), 0, pixels.getSegment().byteSize());
                done += batch.count();
            }
            return done * 1e9 / (System.nanoTime() - begin);
        }
    }

    /** Images a second of all threads, each of which does its own work on its first, second, third image and so on. */
    private double byThreads(IntFunction<IntConsumer> works) {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Callable<Double>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                tasks.add(() -> {
                    IntConsumer work = works.apply(thread);
                    long begin = System.nanoTime();
                    int done = 0;
                    while (System.nanoTime() - begin < nanos) {
                        work.accept(done++);
                    }
                    return done * 1e9 / (System.nanoTime() - begin);
                });
            }
            double rate = 0;
            for (Future<Double> each : executor.invokeAll(tasks)) {
                rate += each.get();
            }
            return rate;
        } catch (ExecutionException failed) {
            throw Workers.unchecked(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", interrupted);
        }
    }

    /** Reads whole epochs, as training would, and tells of each. */
    public void epochs(int epochs, Consumer<Epoch> progress) {
        Shuffle shuffle = new Shuffle(images, 0);
        try (BatchLoader loader = new BatchLoader(images, batchSize, threads)) {
            for (int epoch = 1; epoch <= epochs; epoch++) {
                long begin = System.nanoTime();
                loader.abandon();
                int[] order = shuffle.epoch(epoch);
                double ordering = (System.nanoTime() - begin) / 1e9;
                loader.begin(order);
                double first = 0;
                while (loader.hasNext()) {
                    loader.next();
                    first = first == 0 ? (System.nanoTime() - begin) / 1e9 : first;
                }
                progress.accept(new Epoch(epoch, images.size() * 1e9 / (System.nanoTime() - begin), ordering, first, Machine.residentBytes()));
            }
        }
    }

    /**
     * How an epoch went.
     *
     * @param imagesPerSecond of all of it
     * @param orderSeconds    until its order was known
     * @param firstSeconds    until its first batch was there
     * @param residentBytes   of memory that the process held behind it
     */
    public record Epoch(int epoch, double imagesPerSecond, double orderSeconds, double firstSeconds, long residentBytes) {
    }
}
