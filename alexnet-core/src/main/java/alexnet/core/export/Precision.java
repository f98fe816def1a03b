package alexnet.core.export;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.Tensor;

/** What the weights of an export are stored as. */
public enum Precision {
    /** 32-bit floats, as they are. */
    SINGLE(DataType.F32) {
        @Override
        void add(SafetensorsWriter writer, String name, SafetensorsReader reader, Tensor tensor) {
            writer.add(name, reader, tensor);
        }

        @Override
        void copy(SafetensorsReader reader, Tensor tensor, WritableByteChannel target) throws IOException {
            reader.copy(tensor, target);
        }
    },
    /** 16-bit floats, each the nearest; one that is too large for them ends the writing. */
    HALF(DataType.F16) {
        @Override
        void add(SafetensorsWriter writer, String name, SafetensorsReader reader, Tensor tensor) {
            writer.add(name, type, tensor.shape(), () -> MemorySegment.ofArray(halves(reader, tensor)));
        }

        @Override
        void copy(SafetensorsReader reader, Tensor tensor, WritableByteChannel target) throws IOException {
            short[] halves = halves(reader, tensor);
            ByteBuffer bytes = ByteBuffer.allocate(halves.length * type.size()).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asShortBuffer().put(halves);
            while (bytes.hasRemaining()) {
                target.write(bytes);
            }
        }
    };

    /** The type of an element. */
    final DataType type;

    Precision(DataType type) {
        this.type = type;
    }

    /** Adds a tensor of 32-bit floats to a file under another name. */
    abstract void add(SafetensorsWriter writer, String name, SafetensorsReader reader, Tensor tensor);

    /** Copies the elements of such a tensor to a file, little-endian. */
    abstract void copy(SafetensorsReader reader, Tensor tensor, WritableByteChannel target) throws IOException;

    /** The bytes of its elements in that file. */
    long bytes(Tensor tensor) {
        return tensor.shape().elements() * type.size();
    }

    private static short[] halves(SafetensorsReader reader, Tensor tensor) {
        float[] floats = new float[Math.toIntExact(tensor.shape().elements())];
        reader.read(tensor.name(), tensor.type(), tensor.shape(), MemorySegment.ofArray(floats));
        short[] halves = new short[floats.length];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = Float.floatToFloat16(floats[i]);
            if (Float.isInfinite(Float.float16ToFloat(halves[i]))) {
                throw new CheckpointException(reader.file() + ": its " + tensor.name() + " holds " + floats[i]
                        + ", which is too large for 16-bit floats, the largest of which is 65504: export without --half");
            }
        }
        return halves;
    }
}
