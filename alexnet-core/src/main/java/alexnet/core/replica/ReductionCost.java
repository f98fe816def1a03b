package alexnet.core.replica;

/**
 * What it has cost a rank so far to put its gradients together with the others'.
 *
 * @param seconds        in exchanges of gradients, beside the way back or behind it; waiting for ranks that are late included
 * @param waitingSeconds in which its devices had nothing to do but wait: for those exchanges, and for the other ranks' losses
 * @param bytes          sent, and as many received, as worked out ({@link Reduction})
 */
public record ReductionCost(double seconds, double waitingSeconds, long bytes) {

    /** Of a rank alone. */
    public static final ReductionCost NONE = new ReductionCost(0, 0, 0);

    /** What has come to it since. */
    public ReductionCost since(ReductionCost before) {
        return new ReductionCost(seconds - before.seconds, waitingSeconds - before.waitingSeconds, bytes - before.bytes);
    }
}
