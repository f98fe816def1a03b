package alexnet.core.weights.network;

import java.lang.foreign.MemorySegment;
import java.util.List;

import alexnet.core.weights.WeightsTensor;

/** A tensor under another name, in another shape of as many elements. */
record RenamedTensor(WeightsTensor tensor, String name, List<Integer> shape) implements WeightsTensor {

    RenamedTensor {
        shape = List.copyOf(shape);
    }

    @Override
    public String type() {
        return tensor.type();
    }

    @Override
    public MemorySegment floats() {
        return tensor.floats();
    }
}
