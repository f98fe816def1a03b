package alexnet.core.data.shard;

/** Hears how a preparation goes on, from one thread. */
public interface PreparationListener {

    /**
     * It begins, or goes on.
     *
     * @param done  images that are in shards already
     * @param total images of both halves
     * @param bytes that the whole set will take
     * @param exact whether that is certain, and not an estimate from some images
     */
    default void started(long done, long total, long bytes, boolean exact) {
    }

    /**
     * An image is in its shard, or is bad.
     *
     * @param done  images so far, those of earlier calls included
     * @param bytes that this call has written for them so far
     */
    default void advanced(long done, long bytes) {
    }

    /** A shard is on the disk, and stays whatever happens. */
    default void written(Split split, Manifest.Shard shard) {
    }
}
