package alexnet.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.StoredSize;

class StatisticsTensorsTest {

    @TempDir
    private Path folder;

    private SafetensorsReader written(SafetensorsWriter writer) throws IOException {
        Path file = folder.resolve("model.safetensors");
        writer.write(file);
        return SafetensorsReader.open(file);
    }

    private void assertRefused(SafetensorsWriter writer, String message) throws IOException {
        try (SafetensorsReader reader = written(writer)) {
            String refusal = assertThrows(CheckpointException.class, () -> StatisticsTensors.read(reader)).getMessage();
            assertTrue(refusal.contains(message) && refusal.contains(reader.file().toString()), refusal);
        }
    }

    private static float[] counted(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i + 0.5f;
        }
        return values;
    }

    private static SafetensorsWriter mean(TensorShape shape) {
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.add("data.mean", DataType.F32, shape, MemorySegment.ofArray(new float[(int) shape.elements()]));
        return writer;
    }

    @Test
    void theyComeBackAsTheyWere() throws IOException {
        DatasetStatistics statistics = new DatasetStatistics(3, new StoredSize(4, 5), 3, counted(60), counted(9), counted(3));
        SafetensorsWriter writer = new SafetensorsWriter();
        StatisticsTensors.write(statistics, writer);
        try (SafetensorsReader reader = written(writer)) {
            DatasetStatistics read = StatisticsTensors.read(reader);
            assertEquals(statistics.size(), read.size());
            assertEquals(statistics.channels(), read.channels());
            assertEquals(3, read.images());
            assertArrayEquals(statistics.mean(), read.mean());
            assertArrayEquals(statistics.components(), read.components());
            assertArrayEquals(statistics.eigenvalues(), read.eigenvalues());
        }
    }

    @Test
    void aMeanImageOfImpossibleShapeIsRefused() throws IOException {
        for (TensorShape shape : new TensorShape[] {TensorShape.of(4), TensorShape.of(1, 0, 4), TensorShape.of(1, 1 << 15, 1), TensorShape.of(1025, 1, 1)}) {
            assertRefused(mean(shape), "impossible shape " + shape);
        }
    }

    @Test
    void impossibleColoursAreRefused() throws IOException {
        SafetensorsWriter negative = mean(TensorShape.of(1, 2, 2));
        negative.add("data.eigenvalues", DataType.F32, TensorShape.of(1), MemorySegment.ofArray(new float[] {-1}));
        assertRefused(negative, "the impossible variance -1.0");
        SafetensorsWriter infinite = mean(TensorShape.of(1, 2, 2));
        infinite.add("data.principal_components", DataType.F32, TensorShape.of(1, 1), MemorySegment.ofArray(new float[] {Float.POSITIVE_INFINITY}));
        assertRefused(infinite, "tensor data.principal_components holds Infinity");
        SafetensorsWriter other = mean(TensorShape.of(1, 2, 2));
        other.add("data.eigenvalues", DataType.F32, TensorShape.of(2), MemorySegment.ofArray(new float[2]));
        assertRefused(other, "tensor data.eigenvalues is F32 [2], expected F32 [1]");
    }
}
