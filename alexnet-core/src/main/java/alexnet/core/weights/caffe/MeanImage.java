package alexnet.core.weights.caffe;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.Finite;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.data.Skipped;
import alexnet.core.data.shard.NpyFile;
import alexnet.core.weights.OtherFile;
import alexnet.core.weights.StoredTensor;
import alexnet.core.weights.WeightsFormat;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.ProtobufReader;

/**
 * The mean of the images that a network was trained on, its channels in the order of the file, which is blue, green, red in Caffe's:
 * a {@code .binaryproto} of Caffe, or the {@code .npy} that its users in Python have instead.
 *
 * @param channels of an image
 * @param height   rows; 1 where all pixels of a channel have the same mean
 * @param width    columns, likewise
 * @param values   {@code [channels][height][width]}, for samples of 0 to 255 as a rule
 */
public record MeanImage(int channels, int height, int width, float[] values) {

    private static final String NAME = "mean";
    private static final int DIMENSIONS = 3;
    /** Elements of an image of 4096 by 4096. */
    private static final long LARGEST = 3L << 24;

    /**
     * Reads a mean image, told by its content.
     *
     * @throws CheckpointException in one line, naming the file, if it is none, damaged, or cannot be read
     */
    public static MeanImage read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(file + (Files.exists(file) ? " is no file" : " is not there"));
        }
        try (Arena arena = Arena.ofConfined(); FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            ByteBuffer head = bytes.asSlice(0, Math.min(bytes.byteSize(), WeightsFormat.HEAD)).asByteBuffer();
            Optional<NpyFile.Header> header = NpyFile.readHeader(channel);
            if (header.isPresent()) {
                return of(file, array(file, header.get(), bytes));
            }
            if (recognises(head)) {
                try (ProtobufReader in = new ProtobufReader(file, bytes)) {
                    return of(file, CaffeBlob.readFile(in).tensor(NAME, DIMENSIONS));
                }
            }
            throw new CheckpointException(file + " is no mean image, which is Caffe's .binaryproto or an array of NumPy in rows (.npy)"
                    + OtherFile.of(head).map(other -> ", but " + other).orElse(""));
        } catch (IOException unreadable) {
            throw new CheckpointException(file + " cannot be read: " + Skipped.reason(unreadable), unreadable);
        }
    }

    /** Whether a file with these first bytes is one of Caffe. */
    public static boolean recognises(ByteBuffer head) {
        return CaffeBlob.recognises(head);
    }

    private static WeightsTensor array(Path file, NpyFile.Header header, MemorySegment bytes) {
        DataType type = switch (header.type().orElse(null)) {
            case FLOAT32 -> DataType.F32;
            case FLOAT64 -> DataType.F64;
            case null, default -> throw new CheckpointException(file + " holds " + header.named() + ": a mean image is of floats, <f4 or <f8");
        };
        try {
            TensorShape shape = new TensorShape(header.shape());
            if (Math.multiplyExact(shape.elements(), (long) type.size()) == bytes.byteSize() - header.offset()) {
                List<Integer> lengths = shape.dimensions().stream().map(Math::toIntExact).toList();
                return new StoredTensor(file, NAME, type, lengths, StoredTensor.rowMajor(lengths), bytes.asSlice(header.offset()), ByteOrder.LITTLE_ENDIAN);
            }
        } catch (ArithmeticException e) {
            // Such a shape has more elements than any file.
        }
        throw new CheckpointException(file + " is damaged: it has " + (bytes.byteSize() - header.offset()) + " bytes for " + header.shape() + " of " + header.named());
    }

    private static MeanImage of(Path file, WeightsTensor tensor) {
        List<Integer> shape = tensor.shape();
        while (shape.size() > DIMENSIONS && shape.getFirst() == 1) {
            shape = shape.subList(1, shape.size());
        }
        boolean values = shape.size() == 1;
        long elements = TensorShape.of(shape).elements();
        if (!values && shape.size() != DIMENSIONS || elements == 0 || elements > LARGEST) {
            throw new CheckpointException(file + " is of shape " + tensor.shape() + ": a mean image has channels, rows and columns, or a value for each channel");
        }
        MemorySegment floats = tensor.floats();
        if (!Finite.all(floats)) {
            throw new CheckpointException(file + " makes no sense: it holds values that are not finite");
        }
        return new MeanImage(shape.get(0), values ? 1 : shape.get(1), values ? 1 : shape.get(2),
                floats.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN)));
    }
}
