package alexnet.core.weights.protobuf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import alexnet.core.checkpoint.TensorShape;
import alexnet.core.weights.StoredTensor;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.ProtobufReader.Span;

/**
 * A tensor whose 16-bit elements are written as integers, of one to three bytes each.
 *
 * @param form all but where its elements are, over the whole file
 */
record IntegersTensor(StoredTensor form, Span span) implements WeightsTensor {

    private static final int BITS_OF_A_BYTE = 7;

    @Override
    public String name() {
        return form.name();
    }

    @Override
    public String type() {
        return form.type();
    }

    @Override
    public List<Integer> shape() {
        return form.shape();
    }

    @Override
    public MemorySegment floats() {
        int count = (int) TensorShape.of(shape()).elements();
        ByteBuffer gathered = ByteBuffer.allocate(Math.multiplyExact(count, Short.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        int value = 0;
        int shift = 0;
        for (long i = 0; i < span.length(); i++) {
            byte next = form.data().get(ValueLayout.JAVA_BYTE, span.offset() + i);
            if (shift < Short.SIZE) {
                value |= (next & 0x7F) << shift;
                shift += BITS_OF_A_BYTE;
            }
            if (next >= 0) {
                gathered.putShort((short) value);
                value = 0;
                shift = 0;
            }
        }
        return new StoredTensor(form.file(), name(), form.elements(), shape(), form.strides(), MemorySegment.ofBuffer(gathered.flip()), form.order()).floats();
    }
}
