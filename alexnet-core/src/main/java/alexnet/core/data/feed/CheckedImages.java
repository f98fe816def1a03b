package alexnet.core.data.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import alexnet.core.data.DataException;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredImages;
import alexnet.core.data.Workers;

/**
 * The images of a source, all preprocessed alike, after every one of them has been decoded once: those that could not be are
 * left out and listed, so that the set is fixed before training starts. Decoded images are kept where memory allows.
 * Safe for use by many threads.
 */
public final class CheckedImages implements StoredImages {

    private final ImageSource source;
    private final Preprocessing preprocessing;
    private final int[] kept;
    private final byte[][] cache;
    private final List<Skipped> skipped;

    private CheckedImages(ImageSource source, Preprocessing preprocessing, int[] kept, byte[][] cache, List<Skipped> skipped) {
        this.source = source;
        this.preprocessing = preprocessing;
        this.kept = kept;
        this.cache = cache;
        this.skipped = skipped;
    }

    /** Images as their source holds them, or else after every one has been decoded once. */
    public static StoredImages of(ImageSource source, Preprocessing preprocessing, Decoding decoding) {
        return source.stored(preprocessing).orElseGet(() -> load(source, preprocessing, decoding));
    }

    /**
     * Decodes every image of a source once, in parallel.
     *
     * @throws DataException if reading fails for a reason that is not the image's
     */
    public static CheckedImages load(ImageSource source, Preprocessing preprocessing, Decoding decoding) {
        return load(source, preprocessing, decoding, null);
    }

    /** Decodes every image of a source once, in parallel, and measures those that are kept in the same pass. */
    static CheckedImages load(ImageSource source, Preprocessing preprocessing, Decoding decoding, DatasetStatistics.Collector collector) {
        int length = Math.multiplyExact(source.channels(), preprocessing.size().area());
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
                    source.read(i, preprocessing, MemorySegment.ofArray(pixels));
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
        return new CheckedImages(source, preprocessing, kept, caching ? cache : null, List.copyOf(skipped));
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
                workers.forEach(each -> Workers.result(each, "decoding images"));
            } finally {
                abandoned.set(true);
            }
        }
    }

    @Override
    public int size() {
        return kept.length;
    }

    @Override
    public int channels() {
        return source.channels();
    }

    @Override
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    @Override
    public int label(int index) {
        return source.label(kept[index]);
    }

    @Override
    public String name(int index) {
        return source.name(kept[index]);
    }

    @Override
    public int key(int index) {
        return source.key(kept[index]);
    }

    @Override
    public String content(int index) {
        return source.content(kept[index]);
    }

    /** Whether decoded images are kept in memory. */
    public boolean cached() {
        return cache != null;
    }

    @Override
    public List<Skipped> skipped() {
        return skipped;
    }

    /** Copies an image that is kept, or decodes it anew. */
    @Override
    public void read(int index, MemorySegment pixels) {
        if (cache != null) {
            byte[] image = cache[kept[index]];
            MemorySegment.copy(image, 0, pixels, ValueLayout.JAVA_BYTE, 0, image.length);
            return;
        }
        try {
            source.read(kept[index], preprocessing, pixels);
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
