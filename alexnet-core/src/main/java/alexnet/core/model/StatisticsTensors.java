package alexnet.core.model;

import java.lang.foreign.MemorySegment;
import java.util.List;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.StoredSize;

/** {@link DatasetStatistics} as tensors of a file, called {@code data.*}. Only the mean image has to be there. */
final class StatisticsTensors {

    /** What their names begin with. */
    static final String PREFIX = "data.";

    private static final String MEAN = PREFIX + "mean";
    private static final String COMPONENTS = PREFIX + "principal_components";
    private static final String EIGENVALUES = PREFIX + "eigenvalues";
    private static final String IMAGES = PREFIX + "images";

    /** The components of a missing tensor are as many squared. */
    private static final int MOST_CHANNELS = 1 << 10;

    private StatisticsTensors() {
    }

    static void write(DatasetStatistics statistics, SafetensorsWriter writer) {
        int channels = statistics.channels();
        writer.add(MEAN, DataType.F32, TensorShape.of(channels, statistics.size().height(), statistics.size().width()),
                MemorySegment.ofArray(statistics.mean()));
        writer.add(COMPONENTS, DataType.F32, TensorShape.of(channels, channels), MemorySegment.ofArray(statistics.components()));
        writer.add(EIGENVALUES, DataType.F32, TensorShape.of(channels), MemorySegment.ofArray(statistics.eigenvalues()));
        writer.add(IMAGES, DataType.I64, TensorShape.of(), MemorySegment.ofArray(new long[] {statistics.images()}));
    }

    /** @throws CheckpointException if the colour components are missing, without which training would go on otherwise than it began */
    static void requireColours(SafetensorsReader reader) {
        List.of(COMPONENTS, EIGENVALUES).forEach(reader::tensor);
    }

    /** @throws CheckpointException if the mean image is missing, or anything is impossible */
    static DatasetStatistics read(SafetensorsReader reader) {
        TensorShape shape = reader.tensor(MEAN).shape();
        List<Long> dimensions = shape.dimensions();
        if (dimensions.size() != 3 || dimensions.stream().anyMatch(size -> size < 1 || size > StoredSize.LIMIT)
                || dimensions.getFirst() > MOST_CHANNELS || shape.elements() > Integer.MAX_VALUE) {
            throw new CheckpointException(reader.file() + ": the mean image " + MEAN + " has the impossible shape " + shape);
        }
        int channels = dimensions.get(0).intValue();
        StoredSize size = new StoredSize(dimensions.get(1).intValue(), dimensions.get(2).intValue());
        long[] images = new long[1];
        if (reader.tensors().containsKey(IMAGES)) {
            reader.read(IMAGES, DataType.I64, TensorShape.of(), MemorySegment.ofArray(images));
        }
        float[] eigenvalues = optional(reader, EIGENVALUES, TensorShape.of(channels));
        for (float eigenvalue : eigenvalues) {
            if (eigenvalue < 0) {
                throw new CheckpointException(reader.file() + ": " + EIGENVALUES + " holds the impossible variance " + eigenvalue);
            }
        }
        return new DatasetStatistics(channels, size, images[0], floats(reader, MEAN, shape),
                optional(reader, COMPONENTS, TensorShape.of(channels, channels)), eigenvalues);
    }

    private static float[] optional(SafetensorsReader reader, String name, TensorShape shape) {
        if (reader.tensors().containsKey(name)) {
            return floats(reader, name, shape);
        }
        return new float[(int) shape.elements()];
    }

    private static float[] floats(SafetensorsReader reader, String name, TensorShape shape) {
        reader.tensor(name, DataType.F32, shape);
        float[] values = new float[(int) shape.elements()];
        reader.read(name, DataType.F32, shape, MemorySegment.ofArray(values));
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new CheckpointException(reader.file() + ": tensor " + name + " holds " + value);
            }
        }
        return values;
    }
}
