package alexnet.core.weights.protobuf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
            return new IntegersTensor(stored(name, lengths, in.bytes()), integers);
        }
        if (runs.isEmpty()) {
            return stored(name, lengths, MemorySegment.NULL);
        }
        Run first = runs.getFirst();
        return runs.size() == 1 && first.stride() == type.size() ? stored(name, lengths, in.bytes().asSlice(first.offset(), count * type.size()))
                : new ScatteredTensor(stored(name, lengths, in.bytes()), runs);
    }

    private StoredTensor stored(String name, List<Integer> shape, MemorySegment bytes) {
        return new StoredTensor(in.path(), name, type, shape, StoredTensor.rowMajor(shape), bytes, ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether there is none. */
    public boolean none() {
        return count == 0;
    }
}
