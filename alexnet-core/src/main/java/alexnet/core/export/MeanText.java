package alexnet.core.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.IntStream;

import alexnet.core.model.Model;
import alexnet.core.weights.network.ExportEntries;

/**
 * A model's mean image as text.
 *
 * @param value what {@code preprocessing} has: a number for each channel, or where the image is
 * @param image where pixels differ, in Base64, 32-bit floats, little-endian, {@code [channels][storedSize][storedSize]}
 */
record MeanText(Object value, Optional<String> image) {

    static MeanText of(Model model) {
        float[] mean = model.statistics().mean();
        if (model.statistics().hasConstantMean()) {
            int area = model.statistics().size().area();
            return new MeanText(IntStream.range(0, model.statistics().channels()).mapToObj(channel -> mean[channel * area]).toList(), Optional.empty());
        }
        ByteBuffer bytes = ByteBuffer.allocate(mean.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(mean);
        return new MeanText("the entry " + ExportEntries.MEAN_IMAGE + ", subtracted before input_crop: float32 in Base64",
                Optional.of(Base64.getEncoder().encodeToString(bytes.array())));
    }
}
