package alexnet.core.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.Tensor;

/** Safetensors files of anyone: the length of a header, the header in JSON, the elements. */
final class SafetensorsFormat implements WeightsFormat {

    @Override
    public String name() {
        return "safetensors";
    }

    @Override
    public boolean recognises(ByteBuffer head, long size) {
        return head.limit() > Long.BYTES && head.getLong(0) > 0 && head.getInt(Integer.BYTES) == 0 && head.get(Long.BYTES) == '{';
    }

    @Override
    public WeightsFile open(Path file) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            return MappedWeights.open(file, name(), bytes -> {
                Map<String, WeightsTensor> tensors = new LinkedHashMap<>();
                List<Tensor> ordered = new ArrayList<>(reader.tensors().values());
                ordered.sort(Comparator.comparingLong(Tensor::offset));
                for (Tensor tensor : ordered) {
                    List<Integer> shape = shape(file, tensor);
                    tensors.put(tensor.name(), new StoredTensor(file, tensor.name(), tensor.type(), shape, StoredTensor.rowMajor(shape),
                            bytes.asSlice(reader.position(tensor), tensor.byteSize()), ByteOrder.LITTLE_ENDIAN));
                }
                return new MappedWeights.Contents(Collections.unmodifiableMap(tensors), reader.metadata());
            });
        }
    }

    private static List<Integer> shape(Path file, Tensor tensor) {
        try {
            return tensor.shape().dimensions().stream().map(Math::toIntExact).toList();
        } catch (ArithmeticException e) {
            throw new CheckpointException(file + ": tensor " + tensor.name() + " of shape " + tensor.shape() + " is too large", e);
        }
    }
}
