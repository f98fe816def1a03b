package alexnet.core.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.Skipped;
import alexnet.core.weights.caffe.CaffeModelFormat;
import alexnet.core.weights.onnx.OnnxFormat;
import alexnet.core.weights.torch.TorchLegacyFormat;
import alexnet.core.weights.torch.TorchZipFormat;

/** The formats that weights are read in. */
public final class WeightsFormats {

    /** Those that are sure of themselves first. */
    private static final List<WeightsFormat> ALL = List.of(new TorchZipFormat(), new TorchLegacyFormat(), new SafetensorsFormat(),
            new OnnxFormat(), new CaffeModelFormat());

    private WeightsFormats() {
    }

    /**
     * Opens a file of any of the formats, told by its content.
     *
     * @throws CheckpointException if it is of none, damaged, or cannot be read
     */
    public static WeightsFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(file + (Files.exists(file) ? " is no file" : " is not there"));
        }
        ByteBuffer head;
        try {
            head = head(file);
            Optional<WeightsFormat> format = of(head, Files.size(file));
            if (format.isPresent()) {
                return format.get().open(file);
            }
        } catch (IOException unreadable) {
            throw new CheckpointException(file + " cannot be read: " + Skipped.reason(unreadable), unreadable);
        }
        throw new CheckpointException(OtherFile.of(head).map(other -> file + " is " + other).orElseGet(() -> file
                + " has weights in no format that is known; there are " + names()));
    }

    /** The format of a file that is of others and no safetensors, by its name; none if it cannot be read. */
    public static Optional<String> foreign(Path file) {
        try {
            return !Files.isRegularFile(file) ? Optional.empty()
                    : of(head(file), Files.size(file)).filter(format -> !(format instanceof SafetensorsFormat)).map(WeightsFormat::name);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<WeightsFormat> of(ByteBuffer head, long size) {
        return ALL.stream().filter(format -> format.recognises(head.duplicate().order(ByteOrder.LITTLE_ENDIAN), size)).findFirst();
    }

    private static String names() {
        return ALL.stream().map(WeightsFormat::name).collect(Collectors.joining(", "));
    }

    private static ByteBuffer head(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(WeightsFormat.HEAD);
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // Until it is full or the file is at its end.
            }
            return head.flip().asReadOnlyBuffer();
        }
    }
}
