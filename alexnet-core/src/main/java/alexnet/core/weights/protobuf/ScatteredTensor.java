package alexnet.core.weights.protobuf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.Elements.Run;

/** A tensor of a file that is mapped into memory. */
record ScatteredTensor(String name, DataType elements, List<Integer> shape, List<Run> runs, MappedFile file) implements WeightsTensor {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public String type() {
        return elements.name();
    }

    @Override
    public MemorySegment floats() {
        if (elements == DataType.F32 && runs.size() == 1 && runs.getFirst().stride() == Float.BYTES) {
            Run all = runs.getFirst();
            return file.bytes().asSlice(all.offset(), all.count() * Float.BYTES);
        }
        int count = Math.toIntExact(runs.stream().mapToLong(Run::count).sum());
        MemorySegment floats = MemorySegment.ofArray(new float[count]);
        long index = 0;
        for (Run run : runs) {
            for (long i = 0; i < run.count(); i++) {
                floats.setAtIndex(FLOAT, index++, element(run.offset() + i * run.stride()));
            }
        }
        return floats.asReadOnly();
    }

    private float element(long offset) {
        return switch (elements) {
            case F32 -> file.bytes().get(FLOAT, offset);
            case F64 -> (float) file.bytes().get(DOUBLE, offset);
            case F16 -> Float.float16ToFloat(file.bytes().get(SHORT, offset));
            case BF16 -> Float.intBitsToFloat(file.bytes().get(SHORT, offset) << Short.SIZE);
            default -> throw new CheckpointException(file.path() + ": tensor " + name + " is of type " + elements + "; weights are F32, F16, BF16 or F64");
        };
    }
}
