package alexnet.core.data.archive;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;

import alexnet.core.data.ImageSource;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.decode.ImageDecoder;
import alexnet.core.data.decode.ImageException;

/** Images in archives, read where they lie. Always three channels: grey images are repeated. */
public final class ArchivedImages implements ImageSource {

    private static final int CHANNELS = 3;
    /** Larger than any photograph's file. */
    private static final int LENGTH_LIMIT = 1 << 28;

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
        ImageDecoder.read(bytes(index), CHANNELS, preprocessing, pixels);
    }

    /** The file of an image as it is. */
    private byte[] bytes(int index) throws IOException {
        int length = archives.index().length(samples[index]);
        if (length > LENGTH_LIMIT) {
            throw new ImageException("too large: a file of " + length + " bytes, more than " + LENGTH_LIMIT);
        }
        return archives.read(samples[index]);
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
