package alexnet.core.weights.network;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.Finite;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.model.Model;
import alexnet.core.model.ModelFile;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsTensor;

/**
 * A trained network of a file, whoever wrote it, as one of ours.
 *
 * @param file    open; closed with this
 * @param kind    whose network it is, such as {@code torchvision's alexnet}
 * @param model   its architecture, classes, and how its input is prepared: mean, deviation, resizing
 * @param tensors its parameters by our names ({@code conv1.weight}), in the order of the layers and in our shapes
 * @param notes   what was chosen or left out, a line each
 */
public record ImportedNetwork(WeightsFile file, String kind, Model model, Map<String, WeightsTensor> tensors, List<String> notes)
        implements AutoCloseable {

    public ImportedNetwork {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        notes = List.copyOf(notes);
    }

    /** Weights and biases, one by one. */
    public long parameters() {
        return tensors.values().stream().mapToLong(tensor -> TensorShape.of(tensor.shape()).elements()).sum();
    }

    /**
     * Writes it as a model's file, whole or not at all. One tensor is in memory at a time, and none that the file has as it is wanted.
     *
     * @throws CheckpointException if a tensor holds an infinity or NaN, or cannot be read
     * @throws IOException         if the file cannot be written
     */
    public void write(Path target) throws IOException {
        SafetensorsWriter writer = ModelFile.writer(model, List.of());
        Origin.of(this).write(writer);
        tensors.forEach((name, tensor) -> writer.add(name, DataType.F32, TensorShape.of(tensor.shape()), () -> finite(tensor)));
        writer.write(target);
    }

    /**
     * Makes sure that all weights and biases are numbers.
     *
     * @throws CheckpointException naming the first tensor with one that isn't
     */
    public void requireFinite() {
        tensors.values().forEach(this::finite);
    }

    /**
     * The elements of a parameter, little-endian.
     *
     * @throws CheckpointException if it is not there in that shape, as where the file has become another
     */
    public MemorySegment floats(String name, List<Integer> shape) {
        WeightsTensor tensor = tensors.get(name);
        if (tensor == null || !tensor.shape().equals(shape)) {
            throw new CheckpointException(file.file() + " has no " + name + " " + shape);
        }
        return finite(tensor);
    }

    private MemorySegment finite(WeightsTensor tensor) {
        MemorySegment floats = tensor.floats();
        if (!Finite.all(floats)) {
            throw new CheckpointException(file.file() + " makes no sense: its " + tensor.name() + " holds values that are not finite");
        }
        return floats;
    }

    @Override
    public void close() {
        file.close();
    }
}
