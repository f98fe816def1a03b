package alexnet.core.weights.protobuf;

import java.lang.foreign.MemorySegment;
import java.util.List;

import alexnet.core.weights.StoredTensor;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.Elements.Run;

/**
 * A tensor whose elements do not follow one another in the file.
 *
 * @param form all but where its elements are, over the whole file
 */
record ScatteredTensor(StoredTensor form, List<Run> runs) implements WeightsTensor {

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
        int size = form.elements().size();
        MemorySegment gathered = MemorySegment.ofArray(new byte[Math.toIntExact(runs.stream().mapToLong(Run::count).sum() * size)]);
        long filled = 0;
        for (Run run : runs) {
            for (long i = 0; i < run.count(); i++, filled += size) {
                MemorySegment.copy(form.data(), run.offset() + i * run.stride(), gathered, filled, size);
            }
        }
        return new StoredTensor(form.file(), name(), form.elements(), shape(), form.strides(), gathered.asReadOnly(), form.order()).floats();
    }
}
