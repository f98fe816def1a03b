package alexnet.core.data.archive;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;

import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.decode.ImageDecoder;
import alexnet.core.data.decode.ImageException;
import alexnet.core.data.decode.LittleMemoryException;

/** Images in archives, read where they lie. Always three channels: grey images are repeated. */
public final class ArchivedImages implements ImageSource {

    private static final int CHANNELS = 3;
    private static final int MEBIBYTE = 1 << 20;
    /** What the files that are being decoded may take together, whatever an archive says of their lengths: an eighth of the heap. */
    private static final int MEBIBYTES = (int) Math.clamp(Runtime.getRuntime().maxMemory() / 8 / MEBIBYTE, 1, 1 << 12);
    private static final Semaphore FREE = new Semaphore(MEBIBYTES, true);

    private final OpenArchives archives;
    private final int[] samples;
    private final int[] labels;
    private final BinaryOperator<String> sampleName;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param archives   closed with this, if it is the last to use them
     * @param samples    which of the samples in them, in order
     * @param labels     the class of each of these
     * @param sampleName of a container's name and a sample's in it
     */
    public ArchivedImages(OpenArchives archives, int[] samples, int[] labels, BinaryOperator<String> sampleName) {
        this.archives = archives;
        this.samples = samples;
        this.labels = labels;
        this.sampleName = sampleName;
        archives.use();
    }

    @Override
    public int size() {
        return samples.length;
    }

    @Override
    public int channels() {
        return CHANNELS;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public String name(int index) {
        return archives.container(samples[index]) + "/" + archives.index().name(samples[index]);
    }

    @Override
    public String sampleName(int index) {
        return sampleName.apply(archives.container(samples[index]), archives.index().name(samples[index]));
    }

    @Override
    public int key(int index) {
        return archives.index().key(samples[index]);
    }

    @Override
    public String content(int index) {
        return Integer.toString(archives.index().length(samples[index]));
    }

    @Override
    public void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException {
        with(index, file -> {
            ImageDecoder.read(file, CHANNELS, preprocessing, pixels);
            return null;
        });
    }

    /** What is done with the file of an image. */
    @FunctionalInterface
    interface Use<T> {
        T of(byte[] file) throws IOException;
    }

    /** Reads the file of an image; waits while others take the memory. */
    <T> T with(int index, Use<T> use) throws IOException {
        int length = archives.index().length(samples[index]);
        int needed = Math.ceilDiv(length, MEBIBYTE);
        if (needed > MEBIBYTES) {
            String reason = "too large: a file of " + needed + " MB, files may take " + MEBIBYTES + " (an eighth of the heap)";
            throw length > ImageDecoder.FILE_LIMIT ? new ImageException(reason) : new LittleMemoryException(reason);
        }
        FREE.acquireUninterruptibly(needed);
        try {
            return use.of(archives.read(samples[index]));
        } finally {
            FREE.release(needed);
        }
    }

    /** Some of these images. */
    ArchivedImages chosen(int[] indices) {
        return new ArchivedImages(archives, Arrays.stream(indices).map(i -> samples[i]).toArray(), Arrays.stream(indices).map(i -> labels[i]).toArray(), sampleName);
    }

    @Override
    public Optional<String> digest() {
        String all = archives.index().digest() + "-" + Integer.toHexString(Arrays.hashCode(labels));
        return Optional.of(samples.length == archives.index().size() ? all : all + "-" + Integer.toHexString(Arrays.hashCode(samples)));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            archives.release();
        }
    }
}
