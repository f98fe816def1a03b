package alexnet.core.weights;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** A tensor of a file. */
public interface WeightsTensor {

    /** Its name in the file. */
    String name();

    /** The type of its elements as they are stored: {@code F32}, {@code F16}, {@code BF16}, {@code F64}, or one that is no weights'. */
    String type();

    /** The length of each dimension; none of a scalar. */
    List<Integer> shape();

    /**
     * Its elements in row-major order as 32-bit floats, little-endian: the file itself where it has them so, else a copy. Not to be
     * written to, and gone when the file is closed. It may begin at any byte: {@code JAVA_FLOAT_UNALIGNED}.
     *
     * @throws alexnet.core.checkpoint.CheckpointException if they cannot be read, or are of a type that no weights are of
     */
    MemorySegment floats();
}
