package alexnet.kernels.host;

/** How large the blocks of a kernel should be. Which thread computes a number never changes it, so this may vary freely. */
final class Blocks {

    /** Blocks for each processor, so that threads that share them unevenly do not wait long for each other. */
    private static final int FOR_EACH_PROCESSOR = 3;

    private Blocks() {
    }

    /**
     * In how many parts each of so many blocks, which are fastest as a whole, has to be cut to occupy this machine.
     *
     * @param most parts that a block can be cut into
     */
    static int parts(int blocks, int most) {
        int wanted = FOR_EACH_PROCESSOR * Runtime.getRuntime().availableProcessors();
        return Math.min(most, Math.ceilDiv(wanted, blocks));
    }
}
