package alexnet.kernels.host;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this machine: as wide as it has them. Static constants, or the JIT could not compile them to registers. */
public final class Lanes {

    /** Vectors of floats. */
    public static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    /** Vectors of as many ints. */
    public static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    /** Vectors of as many bytes; of more where there are none so short. */
    static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(Long.SIZE, FLOATS.length() * Byte.SIZE)));
    /** Numbers in a vector. */
    public static final int COUNT = FLOATS.length();

    /**
     * Whether there are registers for 24 accumulators. Machines with 512-bit vectors have 32 registers; the narrower ones
     * are taken to have 16.
     */
    public static final boolean MANY_REGISTERS = FLOATS.vectorBitSize() == 512;

    /** Rows of a tile two vectors wide whose accumulators, two vectors of data and one number have registers. */
    public static final int TILE_ROWS = MANY_REGISTERS ? 12 : 6;

    private Lanes() {
    }

    /**
     * The sum of the lanes of the vector stored at {@code index}, always in this order. The order of
     * {@code reduceLanes(ADD)} is not specified, and a rounding that changed when the JIT compiles a kernel would make
     * training irreproducible.
     */
    public static float sum(float[] vectors, int index) {
        float even = 0;
        float odd = 0;
        for (int lane = 0; lane < COUNT; lane += 2) {
            even += vectors[index + lane];
            odd += vectors[index + lane + 1];
        }
        return even + odd;
    }
}
