package alexnet.core.data.feed;

import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

import java.lang.foreign.MemorySegment;

import alexnet.core.data.StoredImages;

/**
 * Images of one step, or a rank's share of them, in buffers that are used again for later batches. Places without an image, as behind
 * those of a last, partial batch, are marked by a label and a sample of -1, and their pixels are 0.
 */
public final class Batch {

    private final ByteArray pixels;
    private final IntArray labels;
    private final int[] samples;
    private int count;
    private int images;

    Batch(int places, int imageLength) {
        pixels = new ByteArray(Math.multiplyExact(places, imageLength));
        labels = new IntArray(places);
        samples = new int[places];
    }

    /** {@code [images][channels][storedHeight][storedWidth]}, unsigned bytes. */
    public ByteArray pixels() {
        return pixels;
    }

    /** {@code [images]}, the classes. */
    public IntArray labels() {
        return labels;
    }

    /** {@code [images]}, the indices into the {@link StoredImages}. */
    public int[] samples() {
        return samples;
    }

    /** How many places, from the first, hold an image. */
    public int count() {
        return count;
    }

    /** Images of the whole batch, of which this may be a share. */
    public int images() {
        return images;
    }

    void setCounts(int count, int images) {
        this.count = count;
        this.images = images;
    }

    /** Fills a place with an image, or with nothing for a sample of -1. */
    void put(StoredImages images, int place, int sample) {
        int length = images.imageLength();
        MemorySegment segment = pixels.getSegment().asSlice((long) place * length, length);
        if (sample < 0) {
            segment.fill((byte) 0);
        } else {
            images.read(sample, segment);
        }
        labels.set(place, sample < 0 ? -1 : images.label(sample));
        samples[place] = sample;
    }
}
