package alexnet.core.weights.torch;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import alexnet.core.weights.MappedWeights.Contents;
import alexnet.core.weights.StoredTensor;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.torch.PickleValue.Real;
import alexnet.core.weights.torch.PickleValue.Storage;
import alexnet.core.weights.torch.PickleValue.TensorView;
import alexnet.core.weights.torch.PickleValue.Text;
import alexnet.core.weights.torch.PickleValue.Truth;
import alexnet.core.weights.torch.PickleValue.Whole;

/**
 * What both formats hold: a state dictionary whose tensors are views of storages.
 *
 * @param storages by their keys
 * @param order    of the bytes of their elements
 * @param refusal  says what is wrong with the file
 */
record TorchContents(Map<String, MemorySegment> storages, ByteOrder order, Refusal refusal) {

    /** Of a pickle that describes tensors. */
    private static final int PICKLE_LIMIT = 1 << 24;
    private static final int LONGEST_TEXT = 1000;

    /** The bytes of a pickle that begins somewhere. */
    static ByteBuffer pickle(MemorySegment from) {
        return from.asSlice(0, Math.min(PICKLE_LIMIT, from.byteSize())).asByteBuffer();
    }

    /** The tensors of the state dictionary in what a pickle built. */
    Contents of(PickleValue root) {
        StateDictionary found = StateDictionary.find(root, refusal);
        Map<String, WeightsTensor> tensors = new LinkedHashMap<>();
        found.tensors().forEach((name, view) -> tensors.put(name, tensor(name, view)));
        Map<String, String> metadata = new LinkedHashMap<>();
        found.beside().forEach((name, value) -> text(name, value).ifPresent(text -> metadata.put(name, text)));
        return new Contents(Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata));
    }

    private WeightsTensor tensor(String name, TensorView view) {
        MemorySegment storage = storages.get(view.storage().key());
        if (storage == null) {
            throw refusal.damaged("the storage " + view.storage().key() + " of tensor " + name + " is not there");
        }
        return new StoredTensor(refusal.file(), name, view.type(), view.shape(), view.strides(),
                storage.asSlice(view.offset() * view.type().size()), order);
    }

    /** What can be said of it in a word; the best accuracy of a checkpoint is a tensor of one element. */
    private Optional<String> text(String name, PickleValue value) {
        return Optional.ofNullable(switch (value) {
            case Text text when text.value().length() <= LONGEST_TEXT -> text.value();
            case Whole whole -> whole.value().toString();
            case Real real -> Double.toString(real.value());
            case Truth truth -> Boolean.toString(truth.value());
            case TensorView view when view.type().isFloatingPoint() && view.shape().stream().allMatch(length -> length == 1) ->
                    Float.toString(tensor(name, view).floats().get(StoredTensor.FLOAT, 0));
            default -> null;
        });
    }
}
