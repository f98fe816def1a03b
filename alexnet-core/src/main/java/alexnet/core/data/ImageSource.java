package alexnet.core.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A fixed, ordered collection of labelled images, read one by one at any stored size. Safe for use by many threads. */
public interface ImageSource {

    /** The number of images. */
    int size();

    /** Channels of every image as {@link #read} gives it: 3 for colour, 1 for grey. */
    int channels();

    /** The class of an image, an index into {@link Dataset#classes()}. */
    int label(int index);

    /** What a message calls an image: its path below the data set's folder, or its place in a file. */
    String name(int index);

    /**
     * Reads an image, scaled so that it just covers the stored size and cropped at the centre (paper, section 2).
     *
     * @param pixels receives {@code [channels][height][width]} unsigned bytes, exactly that many
     * @throws IOException if there is no image to be read; the message says why
     */
    void read(int index, StoredSize size, MemorySegment pixels) throws IOException;
}
