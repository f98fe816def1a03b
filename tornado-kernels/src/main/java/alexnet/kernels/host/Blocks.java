package alexnet.kernels.host;

/** How large the blocks of a kernel should be. Which thread computes a number never changes it, so this may vary freely. */
public final class Blocks {

    /** Blocks for each thread, so that threads that share them unevenly do not wait long for each other. */
    private static final int FOR_EACH_THREAD = 3;

    private Blocks() {
    }

    /**
     * In how many parts each of so many blocks, which are fastest as a whole, has to be cut to occupy a device.
     *
     * @param threads threads of the device
     * @param most    parts that a block can be cut into
     */
    public static int parts(int threads, int blocks, int most) {
        int wanted = threads == 1 ? 1 : FOR_EACH_THREAD * threads;
        return Math.min(most, Math.ceilDiv(wanted, blocks));
    }
}
