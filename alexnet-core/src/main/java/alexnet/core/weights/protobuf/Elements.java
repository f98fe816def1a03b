package alexnet.core.weights.protobuf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import alexnet.core.checkpoint.DataType;
import alexnet.core.weights.StoredTensor;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.ProtobufReader.Span;

/** Where the elements of a tensor lie in a file: in one piece as a rule, but packed numbers may come in several, and others one by one. */
public final class Elements {

    /**
     * Elements at equal distances.
     *
     * @param offset of the first
     * @param stride bytes from one to the next
     */
    record Run(long offset, long count, int stride) {
    }

    private static final int BITS_OF_A_BYTE = 7;

    private final ProtobufReader in;
    private final DataType type;
    private final List<Run> runs = new ArrayList<>();
    private long count;
    private Span integers;

    /** No elements yet. */
    public Elements(ProtobufReader in, DataType type) {
        this.in = in;
        this.type = type;
    }

    /** Elements one after the other. */
    public void packed(Span span) {
        if (span.length() % type.size() != 0) {
            throw in.damaged("the " + span.length() + " bytes behind byte " + span.offset() + " are no whole number of " + type + " elements");
        }
        add(new Run(span.offset(), span.length() / type.size(), type.size()));
    }

    /** 16-bit elements one after the other, each the integer of the same bits. */
    public void integers(Span span) {
        if (count > 0) {
            throw in.damaged("what is at byte " + span.offset() + " continues elements that were whole");
        }
        integers = span;
        for (long i = 0; i < span.length(); i++) {
            // All bytes of an integer but the last have their highest bit set.
            count += in.bytes().get(ValueLayout.JAVA_BYTE, span.offset() + i) >= 0 ? 1 : 0;
        }
    }

    /** One element. */
    public void single(Span span) {
        if (runs.isEmpty()) {
            add(new Run(span.offset(), 1, type.size()));
            return;
        }
        Run last = runs.getLast();
        long distance = span.offset() - (last.offset() + (last.count() - 1) * last.stride());
        if (last.count() == 1 && distance <= 2 * type.size() || distance == last.stride()) {
            runs.set(runs.size() - 1, new Run(last.offset(), last.count() + 1, (int) distance));
            count++;
        } else {
            add(new Run(span.offset(), 1, type.size()));
        }
    }

    private void add(Run run) {
        in.keep(0);
        runs.add(run);
        count += run.count();
    }

    /**
     * The tensor that they are.
     *
     * @throws alexnet.core.checkpoint.CheckpointException if there are not as many as its shape says
     */
    public WeightsTensor tensor(String name, List<Long> shape) {
        long product = 1;
        for (long length : shape) {
            if (length < 0 || length > Integer.MAX_VALUE) {
                throw in.damaged("tensor " + name + " is of shape " + shape);
            }
            // What is beyond all files stays there: an overflow must not bring it back.
            product = length == 0 ? 0 : Math.min(product * length, Integer.MAX_VALUE);
        }
        if (product != count) {
            throw in.damaged("tensor " + name + " of shape " + shape + " has " + count + " elements");
        }
        List<Integer> lengths = shape.stream().map(Long::intValue).toList();
        if (integers != null) {
            return new GatheredTensor(stored(name, lengths, MemorySegment.NULL), this::gatherIntegers);
        }
        if (runs.isEmpty()) {
            return stored(name, lengths, MemorySegment.NULL);
        }
        Run first = runs.getFirst();
        return runs.size() == 1 && first.stride() == type.size() ? stored(name, lengths, in.bytes().asSlice(first.offset(), count * type.size()))
                : new GatheredTensor(stored(name, lengths, MemorySegment.NULL), this::gatherRuns);
    }

    private MemorySegment gatherIntegers() {
        ByteBuffer gathered = ByteBuffer.allocate(Math.multiplyExact((int) count, Short.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        int value = 0;
        int shift = 0;
        for (long i = 0; i < integers.length(); i++) {
            byte next = in.bytes().get(ValueLayout.JAVA_BYTE, integers.offset() + i);
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
        return MemorySegment.ofBuffer(gathered.flip());
    }

    private MemorySegment gatherRuns() {
        int size = type.size();
        MemorySegment gathered = MemorySegment.ofArray(new byte[Math.toIntExact(count * size)]);
        long filled = 0;
        for (Run run : runs) {
            for (long i = 0; i < run.count(); i++, filled += size) {
                MemorySegment.copy(in.bytes(), run.offset() + i * run.stride(), gathered, filled, size);
            }
        }
        return gathered.asReadOnly();
    }

    private StoredTensor stored(String name, List<Integer> shape, MemorySegment bytes) {
        return new StoredTensor(in.path(), name, type, shape, StoredTensor.rowMajor(shape), bytes, ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether there is none. */
    public boolean none() {
        return count == 0;
    }
}
