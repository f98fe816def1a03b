package alexnet.core.data.shard;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import alexnet.core.data.ImageSource;
import alexnet.core.data.StoredSize;

/**
 * The part of a half's order that a shard takes. Those of its images that cannot be read are missing in the shard, and none moves up, so
 * that no shard depends on another.
 *
 * @param images indices into the source, in order
 * @param sums   what is summed up over the images
 */
record Slice(Split split, int number, ImageSource source, int[] images, ShardSums sums) {

    /** All of a half. */
    static List<Slice> of(Split split, ImageSource source, int each, StoredSize size) {
        int[] order = ShardOrder.of(source, split);
        return IntStream.range(0, Math.ceilDiv(order.length, each)).mapToObj(number -> new Slice(split, number, source,
                Arrays.copyOfRange(order, number * each, (int) Math.min(order.length, (number + 1L) * each)), new ShardSums(source.channels(), size))).toList();
    }
}
