package alexnet.core.data.shard;

import alexnet.core.data.MaxBad;
import alexnet.core.data.Resize;

/**
 * How a set is prepared.
 *
 * @param encoding    of the images
 * @param size        rows and columns that images are brought to
 * @param resize      how
 * @param quality     of JPEGs, 1 to 100
 * @param shardImages how many images of the order a shard takes
 * @param workers     threads that decode and encode
 * @param maxBad      how many images may be left out
 * @param overwrite   whether another set in the folder, or what there is of one, may be discarded
 */
public record PreparationOptions(Encoding encoding, int size, Resize resize, int quality, int shardImages, int workers, MaxBad maxBad,
                                 boolean overwrite) {

    /** The quality of JPEGs where nothing else is asked for. */
    public static final int QUALITY = 92;
    /** So many images are 252 MB raw at the paper's size: a thousand shards for ImageNet. */
    public static final int SHARD_IMAGES = 1280;
}
