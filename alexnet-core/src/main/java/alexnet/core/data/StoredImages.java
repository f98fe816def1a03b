package alexnet.core.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The images of a source at one stored size, after every one of them has been decoded once: those that could not be are
 * left out and listed, so that the set is fixed before training starts. Decoded images are kept where memory allows.
 * Safe for use by many threads.
 */
public final class StoredImages {

    private final ImageSource source;
    private final StoredSize storedSize;
    private final int[] kept;
    private final byte[][] cache;
    private final List<Skipped> skipped;

    private StoredImages(ImageSource source, StoredSize storedSize, int[] kept, byte[][] cache, List<Skipped> skipped) {
        this.source = source;
        this.storedSize = storedSize;
        this.kept = kept;
        this.cache = cache;
        this.skipped = skipped;
    }

    /**
     * Decodes every image of a source once, in parallel.
     *
     * @throws DataException if reading fails for a reason that is not the image's
     */
    public static StoredImages load(ImageSource source, StoredSize size, Decoding decoding) {
        return load(source, size, decoding, null);
    }

    /** Decodes every image of a source once, in parallel, and measures those that are kept in the same pass. */
    static StoredImages load(ImageSource source, StoredSize size, Decoding decoding, DatasetStatistics.Collector collector) {
        int length = Math.multiplyExact(source.channels(), size.area());
        boolean caching = (long) length * source.size() <= decoding.cacheBytes();
        byte[][] cache = new byte[caching ? source.size() : 0][];
        Skipped[] failures = new Skipped[source.size()];
        var next = new AtomicInteger();
        var done = new AtomicInteger();
        var abandoned = new AtomicBoolean();
        Runnable worker = () -> {
            byte[] pixels = new byte[length];
            for (int i = next.getAndIncrement(); i < failures.length && !abandoned.get(); i = next.getAndIncrement()) {
                try {
                    source.read(i, size, MemorySegment.ofArray(pixels));
                    if (collector != null) {
                        collector.add(pixels);
                    }
                    if (caching) {
                        cache[i] = pixels.clone();
                    }
                } catch (IOException e) {
                    failures[i] = Skipped.of(source.name(i), e);
                } catch (UncheckedIOException e) {
                    failures[i] = Skipped.of(source.name(i), e.getCause());
                }
                synchronized (done) {
                    decoding.progress().report(done.incrementAndGet(), failures.length);
                }
            }
        };
        inParallel(decoding.threads(), worker, abandoned);

        int[] kept = IntStream.range(0, failures.length).filter(i -> failures[i] == null).toArray();
        List<Skipped> skipped = new ArrayList<>();
        for (Skipped failure : failures) {
            if (failure != null) {
                skipped.add(failure);
            }
        }
        return new StoredImages(source, size, kept, caching ? cache : null, List.copyOf(skipped));
    }

    private static void inParallel(int threads, Runnable worker, AtomicBoolean abandoned) {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("decoder-", 0).factory())) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(executor.submit(() -> {
                    try {
                        worker.run();
                    } catch (RuntimeException | Error failure) {
                        // The first worker that fails ends the others, whichever is waited for.
                        abandoned.set(true);
                        throw failure;
                    }
                }));
            }
            try {
                for (Future<?> each : workers) {
                    each.get();
                }
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException exception -> throw exception;
                    case Error error -> throw error;
                    case Throwable other -> throw new IllegalStateException(other);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DataException("interrupted while decoding images", e);
            } finally {
                abandoned.set(true);
            }
        }
    }

    /** The number of images. */
    public int size() {
        return kept.length;
    }

    /** Channels of every image: 3 for colour, 1 for grey. */
    public int channels() {
        return source.channels();
    }

    /** The size that images are read at. */
    public StoredSize storedSize() {
        return storedSize;
    }

    /** Bytes of one image: {@code channels * height * width}. */
    public int imageLength() {
        return source.channels() * storedSize.area();
    }

    /** The class of an image. */
    public int label(int index) {
        return source.label(kept[index]);
    }

    /** What a message calls an image. */
    public String name(int index) {
        return source.name(kept[index]);
    }

    /** What stands for an image in random draws, see {@link ImageSource#key}. */
    public int key(int index) {
        return source.key(kept[index]);
    }

    /** By what an image is known again, see {@link ImageSource#content}. */
    String content(int index) {
        return source.content(kept[index]);
    }

    /** Whether decoded images are kept in memory. */
    public boolean cached() {
        return cache != null;
    }

    /** The files that are left out, in the order of the source. */
    public List<Skipped> skipped() {
        return skipped;
    }

    /** How many images each class has. */
    public int[] classCounts(int classes) {
        int[] counts = new int[classes];
        for (int i = 0; i < size(); i++) {
            counts[label(i)]++;
        }
        return counts;
    }

    /**
     * Copies or decodes an image.
     *
     * @param pixels receives {@code [channels][height][width]} unsigned bytes, {@link #imageLength} of them
     * @throws DataException if the image, decoded before, can no longer be
     */
    public void read(int index, MemorySegment pixels) {
        if (cache != null) {
            byte[] image = cache[kept[index]];
            MemorySegment.copy(image, 0, pixels, ValueLayout.JAVA_BYTE, 0, image.length);
            return;
        }
        try {
            source.read(kept[index], storedSize, pixels);
        } catch (IOException e) {
            throw lost(index, e);
        } catch (UncheckedIOException e) {
            throw lost(index, e.getCause());
        }
    }

    private DataException lost(int index, IOException failure) {
        Skipped changed = Skipped.of(name(index), failure);
        return new DataException(changed.name() + " can no longer be read (" + changed.reason() + "): the data set was changed during the run",
                failure);
    }
}
