package alexnet.bench;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.Tensor;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.group.BatchInputs;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;

/**
 * The network that all contestants compute: this program's weights and one prepared batch, in a safetensors file. Parameters
 * have the names and shapes of {@link alexnet.core.network.GroupShapes#parameters()}; {@code batch.images} is
 * {@code [images][channels][inputSize][inputSize]}, cropped, mirrored and less the mean; {@code batch.labels} {@code [images]}.
 */
public final class SharedNetwork implements AutoCloseable {

    private static final String IMAGES = "batch.images";
    private static final String LABELS = "batch.labels";

    private final Architecture architecture;
    private final SafetensorsReader reader;

    private SharedNetwork(Architecture architecture, SafetensorsReader reader) {
        this.architecture = architecture;
        this.reader = reader;
    }

    /**
     * Writes what a network has: its weights' host arrays and the batch in its inputs.
     *
     * @param mean of every pixel
     */
    static void write(Path file, TwoGroupNetwork network, float mean) throws IOException {
        Architecture architecture = network.architecture();
        int images = network.images();
        SafetensorsWriter writer = new SafetensorsWriter();
        network.parameters().forEach(tensor -> writer.add(tensor.name(), DataType.F32, TensorShape.of(tensor.shape()),
                tensor.parts().stream().map(part -> part.getSegment()).toArray(MemorySegment[]::new)));
        int size = architecture.inputSize();
        writer.add(IMAGES, DataType.F32, TensorShape.of(images, architecture.channels(), size, size),
                MemorySegment.ofArray(prepared(architecture, network.inputs(), images, mean)));
        writer.add(LABELS, DataType.I32, TensorShape.of(images), network.inputs().labels.getSegment());
        writer.write(file);
    }

    private static float[] prepared(Architecture architecture, BatchInputs inputs, int images, float mean) {
        int channels = architecture.channels();
        int size = architecture.inputSize();
        int stored = architecture.storedSize();
        float[] prepared = new float[Math.multiplyExact(images * channels, size * size)];
        int at = 0;
        for (int image = 0; image < images; image++) {
            int top = inputs.crops.top(image);
            int left = inputs.crops.left(image);
            boolean mirrored = inputs.crops.mirrored(image);
            for (int channel = 0; channel < channels; channel++) {
                for (int row = top; row < top + size; row++) {
                    for (int x = 0; x < size; x++) {
                        int column = left + (mirrored ? size - 1 - x : x);
                        int pixel = ((image * channels + channel) * stored + row) * stored + column;
                        prepared[at++] = (inputs.pixels.get(pixel) & 0xFF) - mean;
                    }
                }
            }
        }
        return prepared;
    }

    /**
     * Opens a file.
     *
     * @throws CheckpointException if it cannot be read
     */
    public static SharedNetwork open(Path file, Architecture architecture) {
        return new SharedNetwork(architecture, SafetensorsReader.open(file));
    }

    /** Which network. */
    public Architecture architecture() {
        return architecture;
    }

    /** The open file; it is gone once all contestants are ready. */
    public SafetensorsReader reader() {
        return reader;
    }

    /** Images in the batch. */
    public int batchSize() {
        return reader.tensor(LABELS).shape().dimensions().getFirst().intValue();
    }

    /** The shape of a parameter. */
    public List<Long> shape(String parameter) {
        return reader.tensor(parameter).shape().dimensions();
    }

    /** The values of a parameter. */
    public float[] parameter(String name) {
        Tensor tensor = reader.tensor(name);
        float[] values = new float[Math.toIntExact(tensor.shape().elements())];
        reader.read(name, DataType.F32, tensor.shape(), MemorySegment.ofArray(values));
        return values;
    }

    /** The prepared images. */
    public float[] images() {
        return parameter(IMAGES);
    }

    /** The class of each image. */
    public int[] labels() {
        int[] labels = new int[batchSize()];
        reader.read(LABELS, DataType.I32, TensorShape.of(labels.length), MemorySegment.ofArray(labels));
        return labels;
    }

    @Override
    public void close() {
        reader.close();
    }
}
