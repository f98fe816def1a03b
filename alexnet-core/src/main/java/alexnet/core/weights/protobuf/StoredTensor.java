package alexnet.core.weights.protobuf;

import java.lang.foreign.MemorySegment;
import java.util.List;

import alexnet.core.weights.ElementType;
import alexnet.core.weights.MappedFile;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.Elements.Run;

/** A tensor of a file that is mapped into memory. */
record StoredTensor(String name, ElementType elements, List<Integer> shape, List<Run> runs, MappedFile file) implements WeightsTensor {

    @Override
    public String type() {
        return elements.name();
    }

    @Override
    public MemorySegment floats() {
        if (elements == ElementType.F32 && runs.size() == 1 && runs.getFirst().stride() == Float.BYTES) {
            Run all = runs.getFirst();
            return file.bytes().asSlice(all.offset(), all.count() * Float.BYTES);
        }
        int count = Math.toIntExact(runs.stream().mapToLong(Run::count).sum());
        MemorySegment floats = MemorySegment.ofArray(new float[count]);
        long index = 0;
        for (Run run : runs) {
            for (long i = 0; i < run.count(); i++) {
                floats.setAtIndex(ElementType.FLOAT, index++, elements.at(file.bytes(), run.offset() + i * run.stride()));
            }
        }
        return floats.asReadOnly();
    }
}
