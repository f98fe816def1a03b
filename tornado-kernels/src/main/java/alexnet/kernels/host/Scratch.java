package alexnet.kernels.host;

/**
 * The working memory of one thread, kept from call to call: kernels do not allocate after their first run. It holds what a tile or a
 * block needs, some hundred kilobytes; what is of a layer's size is in the plan's workspace, which is counted.
 */
public final class Scratch {

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final BroadcastProduct broadcastProduct = new BroadcastProduct();
    private final PackedProduct packedProduct = new PackedProduct();
    private float[] floats = new float[0];

    private Scratch() {
    }

    /** The calling thread's. */
    public static Scratch ofThread() {
        return OF_THREAD.get();
    }

    BroadcastProduct broadcastProduct() {
        return broadcastProduct;
    }

    PackedProduct packedProduct() {
        return packedProduct;
    }

    /** An array of at least this length with anything in it, valid until the next call. */
    public float[] floats(int length) {
        if (floats.length < length) {
            floats = new float[length];
        }
        return floats;
    }
}
