package alexnet.core.replica;

/**
 * Which images of every batch a rank sees: the whole batch is cut into stretches of {@link #slots} places, one after the other, one a rank.
 * In a batch that lacks images, as the last of an epoch may, later ranks have fewer of them or none.
 *
 * @param rank      whose share it is, from 0
 * @param size      how many ranks there are
 * @param batchSize places of the whole batch
 */
public record Share(int rank, int size, int batchSize) {

    public Share {
        if (rank < 0 || rank >= size || batchSize < 1) {
            throw new IllegalArgumentException("rank " + rank + " of " + size + " has no share of a batch of " + batchSize);
        }
    }

    /** That of one of some ranks. */
    public static Share of(Replicas replicas, int batchSize) {
        return new Share(replicas.rank(), replicas.size(), batchSize);
    }

    /** All of it. */
    public static Share whole(int batchSize) {
        return new Share(0, 1, batchSize);
    }

    /** Places that every rank has room for: of the last ranks not all are ever filled where the batch cannot be cut evenly. */
    public int slots() {
        return Math.ceilDiv(batchSize, size);
    }

    /** The first place of a whole batch of so many images that is this rank's. */
    public int begin(int images) {
        return (int) Math.min((long) rank * slots(), images);
    }

    /** The first one behind those. */
    public int end(int images) {
        return (int) Math.min((rank + 1L) * slots(), images);
    }

    /** Images that are this rank's of a whole batch of so many. */
    public int count(int images) {
        return end(images) - begin(images);
    }
}
