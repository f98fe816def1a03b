package alexnet.core.data;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Images that can be used, all at one stored size: what training reads batches from. Safe for use by many threads.
 */
public interface StoredImages {

    /** The number of images. */
    int size();

    /** Channels of every image: 3 for colour, 1 for grey. */
    int channels();

    /** What was done, or is done, to every image. */
    Preprocessing preprocessing();

    /** The size that images are read at. */
    default StoredSize storedSize() {
        return preprocessing().size();
    }

    /** Bytes of one image: {@code channels * height * width}. */
    default int imageLength() {
        return Math.multiplyExact(channels(), storedSize().area());
    }

    /** The class of an image. */
    int label(int index);

    /** What a message calls an image. */
    String name(int index);

    /** What stands for an image in random draws, see {@link ImageSource#key}. */
    int key(int index);

    /** By what an image is known again, see {@link ImageSource#content}. */
    String content(int index);

    /** The files that are left out because they cannot be read, in the order of the source. */
    List<Skipped> skipped();

    /** How many images each class has. */
    default int[] classCounts(int classes) {
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
     * @throws DataException if the image can no longer be read
     */
    void read(int index, MemorySegment pixels);
}
