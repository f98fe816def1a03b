package alexnet.core.data;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileStore;
import java.util.Optional;

/**
 * A fixed, ordered collection of labelled images, read one by one at any stored size. Safe for use by many threads; whoever opened it
 * closes it when no thread reads any more.
 */
public interface ImageSource extends AutoCloseable {

    /** The number of images. */
    int size();

    /** Channels of every image as {@link #read} gives it: 3 for colour, 1 for grey. */
    int channels();

    /** The class of an image, an index into {@link Dataset#classes()}. */
    int label(int index);

    /** What a message calls an image: its path below the data set's folder, or its place in a file. */
    String name(int index);

    /** What an image is called wherever it is kept, see {@link SampleName}: the same in every form of a set. */
    default String sampleName(int index) {
        return name(index);
    }

    /**
     * What stands for an image in random draws. It follows from the {@link #sampleName} alone, whatever other images there are
     * and whichever of them can be read, so that none of them shifts the draws of another.
     */
    default int key(int index) {
        return SampleName.key(sampleName(index));
    }

    /** By what an image is known again: a hash of its content, or where nothing has read it all, its length. */
    String content(int index);

    /**
     * Reads an image, brought to a stored size.
     *
     * @param pixels receives {@code [channels][height][width]} unsigned bytes, exactly that many
     * @throws alexnet.core.data.decode.ImageException if what is there is no image that can be used
     * @throws IOException                             if nothing can be read
     */
    void read(int index, Preprocessing preprocessing, MemorySegment pixels) throws IOException;

    /** These images as they are held already, checked when they were written; empty where each has to be decoded. */
    default Optional<StoredImages> stored(Preprocessing preprocessing) {
        return Optional.empty();
    }

    /** What was measured over all of these images as they are held, where that was done when they were written. */
    default Optional<DatasetStatistics> statistics(Preprocessing preprocessing) {
        return Optional.empty();
    }

    /** How they were brought to their size, where they are held so; how they are to be where nobody says otherwise. */
    default Resize resize() {
        return Resize.COVER;
    }

    /** By what all images together are known again, so that none has to be looked at; empty where each is known by itself. */
    default Optional<String> digest() {
        return Optional.empty();
    }

    /** Bytes that will be copied to a disk before the first image can be read. */
    default long copies(FileStore disk) throws IOException {
        return 0;
    }

    /** Frees what is held open, at most of them nothing; again, it does nothing. */
    @Override
    default void close() {
    }
}
