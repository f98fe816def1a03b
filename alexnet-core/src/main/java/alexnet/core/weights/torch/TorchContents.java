package alexnet.core.weights.torch;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import alexnet.core.weights.MappedWeights.Contents;
import alexnet.core.weights.StoredTensor;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.torch.PickleValue.Storage;

/** What both formats hold: a state dictionary whose tensors are views of storages. */
final class TorchContents {

    /** Of a pickle that describes tensors. */
    private static final int PICKLE_LIMIT = 1 << 24;

    private TorchContents() {
    }

    /** The bytes of a pickle that begins somewhere. */
    static ByteBuffer pickle(MemorySegment from) {
        return from.asSlice(0, Math.min(PICKLE_LIMIT, from.byteSize())).asByteBuffer();
    }

    /**
     * The tensors of the state dictionary in what a pickle built.
     *
     * @param storages where they are, by their keys
     * @param order    of the bytes of their elements
     */
    static Contents of(PickleValue root, Map<String, MemorySegment> storages, ByteOrder order, Refusal refusal) {
        StateDictionary found = StateDictionary.find(root, refusal);
        Map<String, WeightsTensor> tensors = new LinkedHashMap<>();
        found.tensors().forEach((name, view) -> {
            MemorySegment storage = storages.get(view.storage().key());
            if (storage == null) {
                throw refusal.damaged("the storage " + view.storage().key() + " of tensor " + name + " is not there");
            }
            tensors.put(name, new StoredTensor(refusal.file(), name, view.type(), view.shape(), view.strides(),
                    storage.asSlice(view.offset() * view.type().size()), order));
        });
        return new Contents(Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(found.metadata()));
    }

    /** Makes sure that a storage is as large as its pickle says. */
    static void requireLength(Storage storage, long bytes, Refusal refusal) {
        int size = storage.type() == null ? 1 : storage.type().size();
        refusal.require(bytes / size == storage.elements(), "its storage " + storage.key() + " has " + bytes + " bytes, its pickle says "
                + storage.elements() + " elements of " + size + " each");
    }
}
