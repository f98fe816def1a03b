package alexnet.core.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;

/**
 * A tensor whose elements lie in a file that is mapped.
 *
 * @param file     for messages
 * @param name     its name
 * @param elements their type
 * @param shape    the length of each dimension
 * @param strides  of each dimension, in elements, 0 or more; where all indices lead has been checked
 * @param data     from its first element to the end of what it may see
 * @param order    of the bytes of an element
 */
public record StoredTensor(Path file, String name, DataType elements, List<Integer> shape, List<Long> strides, MemorySegment data,
        ByteOrder order) implements WeightsTensor {

    /** An element of {@link #floats()}. */
    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    /** Of an array; some virtual machines keep back a few. */
    private static final long LARGEST = Integer.MAX_VALUE - 8;

    /** The strides of a tensor whose elements follow one another in row-major order. */
    public static List<Long> rowMajor(List<Integer> shape) {
        Long[] strides = new Long[shape.size()];
        long stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride = shape.contains(0) ? 1 : Math.multiplyExact(stride, (long) shape.get(i));
        }
        return List.of(strides);
    }

    /** The same tensor whose elements lie elsewhere. */
    public StoredTensor over(MemorySegment others) {
        return new StoredTensor(file, name, elements, shape, strides, others, order);
    }

    @Override
    public String type() {
        return elements.name();
    }

    @Override
    public MemorySegment floats() {
        if (!elements.isFloatingPoint()) {
            throw unfit("is of type " + elements + "; weights are F32, F16, BF16 or F64");
        }
        long count = count();
        if (count > Long.MAX_VALUE / Double.BYTES) {
            throw unfit("of shape " + shape + " has more elements than any file");
        }
        if (elements == DataType.F32 && order == ByteOrder.LITTLE_ENDIAN && isRowMajor()) {
            return data.asSlice(0, count * Float.BYTES);
        }
        if (count > data.byteSize() / elements.size()) {
            throw unfit("of shape " + shape + " repeats elements by its strides " + strides + "; save a copy of it (clone())");
        }
        if (count > LARGEST) {
            throw unfit("has " + count + " elements, more than can be turned into 32-bit floats at once");
        }
        MemorySegment copy = MemorySegment.ofArray(new float[(int) count]);
        if (count > 0) {
            copyTo(copy);
        }
        return copy.asReadOnly();
    }

    /** What is beyond all files stays there: an overflow must not bring it back. */
    private long count() {
        return shape.contains(0) ? 0 : shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b);
    }

    private boolean isRowMajor() {
        List<Long> expected = rowMajor(shape);
        for (int i = 0; i < shape.size(); i++) {
            if (shape.get(i) > 1 && !strides.get(i).equals(expected.get(i))) {
                return count() == 0;
            }
        }
        return true;
    }

    /** Row by row: the index of a row counts like the figures of a mileometer. */
    private void copyTo(MemorySegment target) {
        int last = shape.size() - 1;
        int length = last < 0 ? 1 : shape.get(last);
        long stride = last < 0 ? 0 : strides.get(last);
        int[] index = new int[Math.max(0, last)];
        long row = 0;
        for (long filled = 0; ; ) {
            filled = copyRow(target, filled, row, length, stride);
            int digit = last - 1;
            while (digit >= 0 && ++index[digit] == shape.get(digit)) {
                row -= strides.get(digit) * (index[digit] - 1);
                index[digit--] = 0;
            }
            if (digit < 0) {
                return;
            }
            row += strides.get(digit);
        }
    }

    private long copyRow(MemorySegment target, long filled, long row, int length, long stride) {
        for (int i = 0; i < length; i++) {
            target.setAtIndex(FLOAT, filled + i, element((row + i * stride) * elements.size()));
        }
        return filled + length;
    }

    private float element(long at) {
        boolean little = order == ByteOrder.LITTLE_ENDIAN;
        return switch (elements) {
            case F64 -> (float) Double.longBitsToDouble(little ? data.get(LONG, at) : Long.reverseBytes(data.get(LONG, at)));
            case F32 -> Float.intBitsToFloat(little ? data.get(INT, at) : Integer.reverseBytes(data.get(INT, at)));
            case F16 -> Float.float16ToFloat(little ? data.get(SHORT, at) : Short.reverseBytes(data.get(SHORT, at)));
            case BF16 -> Float.intBitsToFloat((little ? data.get(SHORT, at) : Short.reverseBytes(data.get(SHORT, at))) << Short.SIZE);
            default -> throw new IllegalStateException(elements.name());
        };
    }

    private CheckpointException unfit(String why) {
        return new CheckpointException(file + ": tensor " + name + " " + why);
    }
}
