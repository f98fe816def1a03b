package alexnet.core.checkpoint;

/**
 * One tensor of a file.
 *
 * @param name   its name, unique in the file
 * @param type   the type of its elements
 * @param shape  its dimensions
 * @param offset where its elements begin, in bytes behind the header
 */
public record Tensor(String name, DataType type, TensorShape shape, long offset) {

    /** Bytes of all elements. */
    public long byteSize() {
        return Math.multiplyExact(shape.elements(), (long) type.size());
    }
}
