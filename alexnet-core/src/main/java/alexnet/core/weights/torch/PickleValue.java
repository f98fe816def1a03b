package alexnet.core.weights.torch;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import alexnet.core.checkpoint.DataType;

/**
 * What a pickle builds. Values may hold one another, and themselves, in any depth: nothing here may walk through them without a limit,
 * so none is ever compared or printed as a whole.
 */
sealed interface PickleValue {

    /** A string. */
    record Text(String value) implements PickleValue { }

    /** An integer. */
    record Whole(BigInteger value) implements PickleValue { }

    /** A floating-point number. */
    record Real(double value) implements PickleValue { }

    /** True or false. */
    record Truth(boolean value) implements PickleValue { }

    /** A tuple, which is whole when it is built. */
    record Tuple(List<PickleValue> values) implements PickleValue { }

    /** A list or set, which grows. */
    record Items(List<PickleValue> values) implements PickleValue { }

    /** A dictionary; entries with other keys than strings are left out, as no tensor of a network is among them. */
    record Dictionary(Map<String, PickleValue> entries) implements PickleValue { }

    /** A function or class by its name. */
    record Global(String name) implements PickleValue { }

    /**
     * A place for elements.
     *
     * @param key      its name in the file
     * @param type     of an element; {@code null} where it is the tensor that says
     * @param elements how many it has; bytes where it has no type
     * @param offset   where the part of it that is meant begins, in elements
     */
    record Storage(String key, DataType type, long elements, long offset) implements PickleValue {

        /** Bytes of an element. */
        int elementSize() {
            return type == null ? 1 : type.size();
        }
    }

    /**
     * A view of a storage.
     *
     * @param storage where its elements are
     * @param type    of its elements
     * @param offset  of its first element in the storage, in elements
     * @param shape   the length of each dimension
     * @param strides of each dimension, in elements
     */
    record TensorView(Storage storage, DataType type, long offset, List<Integer> shape, List<Long> strides) implements PickleValue { }

    /** What nothing here asks for: none, bytes, a device. */
    enum Other implements PickleValue {
        /** There is but one. */
        OTHER
    }
}
