package alexnet.core.export;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;

/**
 * Writes the weights of a trained network, and nothing that only training needs, as safetensors:
 * {@code conv1.weight [filters][channels a filter sees][rows][columns]}, {@code fc6.weight [units][inputs]} and their
 * {@code .bias}, as PyTorch's grouped convolutions and linear layers have them, and {@code mean
 * [channels][storedSize][storedSize]}, to be subtracted before the crop, and where images are divided after that,
 * {@code std [channels]}. Metadata: {@code format}, which says that these are
 * PyTorch's shapes; {@code architecture}; {@code classes}, a JSON array of their names; {@code preprocessing}, a JSON object.
 */
public final class WeightsExport {

    private static final String MEAN = "mean";
    private static final String DEVIATION = "std";

    private WeightsExport() {
    }

    /**
     * Writes the weights, whole or not at all.
     *
     * @param reader open on the model's file
     * @param model  what it says
     * @param file   replaced if it is there
     * @throws IOException if the file cannot be written
     */
    public static void write(SafetensorsReader reader, Model model, Path file) throws IOException {
        Architecture architecture = model.architecture();
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.metadata("format", "pt");
        writer.metadata("architecture", architecture.name());
        writer.metadata("classes", Preprocessing.classes(model));
        writer.metadata("preprocessing", Preprocessing.of(model, "the tensor " + MEAN + ", subtracted before input_crop",
                "the tensor " + DEVIATION + ", divided by after that").json());
        GroupShapes.whole(architecture, 1).parameters().keySet().forEach(name -> writer.add(name, reader, reader.tensor(name)));
        writer.add(MEAN, DataType.F32, TensorShape.of(architecture.channels(), architecture.storedSize(), architecture.storedSize()),
                MemorySegment.ofArray(model.statistics().mean()));
        if (model.divides()) {
            writer.add(DEVIATION, DataType.F32, TensorShape.of(architecture.channels()), MemorySegment.ofArray(model.deviations()));
        }
        writer.write(file);
    }
}
