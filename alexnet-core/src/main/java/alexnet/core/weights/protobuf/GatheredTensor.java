package alexnet.core.weights.protobuf;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;

import alexnet.core.weights.StoredTensor;
import alexnet.core.weights.WeightsTensor;

/**
 * A tensor whose elements do not follow one another in the file as they are.
 *
 * @param form   all but where its elements are
 * @param gather brings them into one piece, whenever they are asked for
 */
record GatheredTensor(StoredTensor form, Supplier<MemorySegment> gather) implements WeightsTensor {

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
        return form.over(gather.get()).floats();
    }
}
