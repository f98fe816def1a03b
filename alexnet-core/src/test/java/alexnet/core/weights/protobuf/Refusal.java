package alexnet.core.weights.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormats;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.caffe.CaffeModelFormat;
import alexnet.core.weights.caffe.MeanImage;
import alexnet.core.weights.onnx.OnnxFormat;

/** What must hold of any file whatever: it is read, and its tensors have as many elements as they say, or refused in one line. */
final class Refusal {

    private Refusal() {
    }

    /** What reads a file. */
    private interface Reading {
        void read() throws IOException;
    }

    /** Has a file read by all that read protocol buffers, whatever it is recognised as. */
    static void requireOrReading(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        readOrRefused(file, () -> walk(WeightsFormats.open(file), bytes.length));
        readOrRefused(file, () -> walk(new CaffeModelFormat().open(file), bytes.length));
        readOrRefused(file, () -> walk(new OnnxFormat().open(file), bytes.length));
        readOrRefused(file, () -> assertTrue(MeanImage.read(file).values().length <= bytes.length));
    }

    private static void readOrRefused(Path file, Reading reading) throws IOException {
        try {
            reading.read();
        } catch (CheckpointException refused) {
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        }
    }

    private static void walk(WeightsFile opened, int length) {
        try (opened) {
            for (WeightsTensor tensor : opened.tensors().values()) {
                long elements = tensor.shape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
                assertTrue(elements <= length, tensor.toString());
                assertEquals(elements * Float.BYTES, tensor.floats().byteSize());
            }
        }
    }
}
