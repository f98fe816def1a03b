package alexnet.core.replica;

import alexnet.kernels.FullyConnectedShape;

/**
 * With whom a network is trained, and how the gradients of all become one.
 *
 * @param replicas  the ranks; all have as many images in a batch and as many parts
 * @param reduction for fully connected layers
 */
public record Replication(Replicas replicas, Reduction reduction) {

    /** A process that trains by itself. */
    public static final Replication NONE = new Replication(Alone.REPLICA, Reduction.AUTO);

    /** Whether gradients stay as a rank has computed them. */
    public boolean none() {
        return replicas.isAlone();
    }

    /**
     * Whether the factors of a fully connected layer are gathered.
     *
     * @param shape as a part has it, who sees all inputs
     * @param units of all parts
     */
    public boolean gathers(FullyConnectedShape shape, int units) {
        return !none() && reduction.gathers(replicas.size(), shape.images(), shape.inputs(), units);
    }

    /** The shape of a layer for the images of all ranks. */
    public FullyConnectedShape ofAllRanks(FullyConnectedShape shape) {
        return new FullyConnectedShape(Math.multiplyExact(shape.images(), replicas.size()), shape.inputs(), shape.units());
    }
}
