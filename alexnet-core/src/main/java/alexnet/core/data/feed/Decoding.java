package alexnet.core.data.feed;

import alexnet.core.data.Progress;

/**
 * How images are checked and kept before training.
 *
 * @param threads    decoder threads, at least 1
 * @param cacheBytes memory for decoded images: a data set that fits is kept decoded, another is decoded every epoch
 * @param progress   told how far it is
 */
public record Decoding(int threads, long cacheBytes, Progress progress) {

    private static final long GIBIBYTE = 1L << 30;

    public Decoding {
        if (threads < 1 || cacheBytes < 0) {
            throw new IllegalArgumentException("decoding with " + threads + " threads and " + cacheBytes
                    + " bytes: at least 1 thread and 0 bytes are needed");
        }
    }

    /** One thread for each processor, and a quarter of the heap up to 1 GiB for decoded images. */
    public static Decoding standard(Progress progress) {
        Runtime runtime = Runtime.getRuntime();
        return new Decoding(runtime.availableProcessors(), Math.min(GIBIBYTE, runtime.maxMemory() / 4), progress);
    }
}
