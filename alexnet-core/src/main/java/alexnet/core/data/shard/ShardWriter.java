package alexnet.core.data.shard;

import java.io.IOException;

/** Writes the images of a shard, one behind another. */
sealed interface ShardWriter permits RawShard, TarShard {

    /**
     * Writes an image.
     *
     * @param content its pixels or its JPEG
     * @return where in the file the content begins, in bytes
     */
    long add(String name, int label, byte[] content) throws IOException;

    /** Ends the shard. */
    void finish() throws IOException;
}
