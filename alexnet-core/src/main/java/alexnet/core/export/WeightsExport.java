package alexnet.core.export;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.model.ArchitectureEntry;
import alexnet.core.model.Entries;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.weights.network.ExportEntries;
import alexnet.core.weights.network.ParameterNames;

/**
 * Writes the weights of a trained network, and nothing that only training needs, as safetensors:
 * {@code conv1.weight [filters][channels a filter sees][rows][columns]}, {@code fc6.weight [units][inputs]} and their
 * {@code .bias}, as PyTorch's grouped convolutions and linear layers have them, and {@code mean
 * [channels][storedSize][storedSize]}, to be subtracted before the crop, and where images are divided after that, {@code std [channels]}. Under
 * torchvision's names ({@code features.0.weight}) there is no other tensor, so that {@code load_state_dict} takes them all; mean and deviation are
 * then in the metadata.
 *
 * <p>Metadata: {@code format}, which says that these are PyTorch's shapes; {@code architecture}; {@code classes}, a JSON array of their
 * names; {@code preprocessing}, a JSON object; {@code network}, the architecture as a model's file has it.
 */
public final class WeightsExport {

    private WeightsExport() {
    }

    /** The same as 32-bit floats, under the names that the architecture's makers use. */
    public static void write(SafetensorsReader reader, Model model, Path file) throws IOException {
        write(reader, model, ParameterNames.of(model.architecture()), Precision.SINGLE, file);
    }

    /**
     * Writes the weights, whole or not at all.
     *
     * @param reader    open on the model's file
     * @param model     what it says
     * @param names     of the tensors; have to be those of the architecture's layers
     * @param precision of the weights; the mean image is of 32-bit floats always
     * @param file      replaced if it is there
     * @throws CheckpointException if a weight is too large for that precision
     * @throws IOException         if the file cannot be written
     */
    public static void write(SafetensorsReader reader, Model model, ParameterNames names, Precision precision, Path file) throws IOException {
        Architecture architecture = model.architecture();
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.metadata("format", "pt");
        writer.metadata(ExportEntries.ARCHITECTURE, architecture.name());
        writer.metadata(ExportEntries.CLASSES, Preprocessing.classes(model));
        writer.metadata(ExportEntries.NETWORK, Entries.text(ArchitectureEntry.tree(architecture)));
        GroupShapes.whole(architecture, 1).parameters().keySet().forEach(name -> precision.add(writer, names.theirs(name), reader, reader.tensor(name)));
        if (names.equals(ParameterNames.OWN)) {
            writer.metadata(ExportEntries.PREPROCESSING, Preprocessing.of(model, "the tensor " + ExportEntries.MEAN + ", subtracted before input_crop",
                    "the tensor " + ExportEntries.DEVIATION + ", divided by after that").json());
            writer.add(ExportEntries.MEAN, DataType.F32, TensorShape.of(architecture.channels(), architecture.storedSize(), architecture.storedSize()),
                    MemorySegment.ofArray(model.statistics().mean()));
            if (model.divides()) {
                writer.add(ExportEntries.DEVIATION, DataType.F32, TensorShape.of(architecture.channels()), MemorySegment.ofArray(model.deviations()));
            }
        } else {
            MeanText mean = MeanText.of(model);
            mean.image().ifPresent(image -> writer.metadata(ExportEntries.MEAN_IMAGE, image));
            writer.metadata(ExportEntries.PREPROCESSING, Preprocessing.of(model, mean.value(), model.deviation()).json());
        }
        writer.write(file);
    }
}
