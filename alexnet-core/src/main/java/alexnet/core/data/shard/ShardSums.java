package alexnet.core.data.shard;

import java.util.stream.Stream;

import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.StoredSize;

/** What is summed up over the images of a shard, in a few parts so that threads do not wait for each other. */
final class ShardSums {

    private static final int PARTS = 4;

    private final int channels;
    private final StoredSize size;
    /** Megabytes, which are there only while the shard is worked on. */
    private DatasetStatistics.Collector[] parts;

    ShardSums(int channels, StoredSize size) {
        this.channels = channels;
        this.size = size;
    }

    /** Adds the image at a place of the shard. */
    void add(int place, byte[] pixels) {
        parts()[place % PARTS].add(pixels);
    }

    private synchronized DatasetStatistics.Collector[] parts() {
        if (parts == null) {
            parts = Stream.generate(() -> new DatasetStatistics.Collector(channels, size)).limit(PARTS).toArray(DatasetStatistics.Collector[]::new);
        }
        return parts;
    }

    /** Adds all images to those of other shards. */
    synchronized void moveTo(DatasetStatistics.Collector total) {
        if (parts != null) {
            Stream.of(parts).forEach(total::addAll);
            parts = null;
        }
    }
}
