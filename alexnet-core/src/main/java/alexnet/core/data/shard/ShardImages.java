package alexnet.core.data.shard;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

import alexnet.core.data.DataException;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredImages;

/** Images as they are held in shards: nothing of them is in memory. */
record ShardImages(PreparedHalf half, Preprocessing preprocessing) implements StoredImages {

    @Override
    public int size() {
        return half.size();
    }

    @Override
    public int channels() {
        return half.channels();
    }

    @Override
    public int label(int index) {
        return half.label(index);
    }

    @Override
    public String name(int index) {
        return half.name(index);
    }

    @Override
    public int key(int index) {
        return half.key(index);
    }

    @Override
    public String content(int index) {
        return half.content(index);
    }

    /** What could not be read when the set was prepared is told by the set. */
    @Override
    public List<Skipped> skipped() {
        return List.of();
    }

    @Override
    public void read(int index, MemorySegment pixels) {
        try {
            half.read(index, preprocessing, pixels);
        } catch (IOException failure) {
            throw new DataException("cannot read " + half.at(index) + ": " + Skipped.reason(failure), failure);
        }
    }
}
