package alexnet.core.weights.protobuf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.weights.caffe.CaffeFiles;

/** Files that are damaged anywhere are read or refused. */
class ProtobufDamageTest {

    private static final int MUTATIONS = 200;

    @TempDir
    private Path folder;

    static Stream<byte[]> files() {
        return Stream.concat(CaffeFiles.all().stream(), Stream.of(onnx())).map(Message::toBytes);
    }

    private static Message onnx() {
        Message convolution = new Message().text(1, "x").text(1, "w").text(2, "y").text(4, "Conv").message(5, new Message().text(1, "pads").integers(8, 2, 2, 2, 2))
                .message(5, new Message().text(1, "alpha").real(2, 0.5f));
        Message graph = new Message().message(1, convolution)
                .message(5, new Message().integers(1, 2, 1).integer(2, 1).text(8, "w").floats(9, 1, 2))
                .message(5, new Message().integer(1, 2).integer(2, 10).text(8, "h").integers(5, 0x3C00, 1))
                .message(5, new Message().integer(1, 2).integer(2, 11).text(8, "d").doubles(10, 1, 2))
                .message(11, new Message().text(1, "x").message(2, new Message().message(1, new Message().integer(1, 1)
                        .message(2, new Message().message(1, new Message().integer(1, 3))))));
        return new Message().integer(1, 3).text(2, "me").message(8, new Message().integer(2, 9)).message(14, new Message().text(1, "a").text(2, "b")).message(7, graph);
    }

    @ParameterizedTest
    @MethodSource("files")
    void cutAtAnyByte(byte[] whole) throws IOException {
        for (int length = 0; length < whole.length; length++) {
            Refusal.requireOrReading(folder.resolve("cut"), Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void withABitOfAnyByteTurned(byte[] whole) throws IOException {
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) (1 << i % Byte.SIZE);
            Refusal.requireOrReading(folder.resolve("turned"), damaged);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void withPiecesOverwrittenRepeatedAndLeftOut(byte[] whole) throws IOException {
        Random random = new Random(16);
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            byte[] damaged = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                int from = random.nextInt(damaged.length);
                int to = random.nextInt(damaged.length);
                int length = Math.min(1 + random.nextInt(16), damaged.length - Math.max(from, to));
                switch (random.nextInt(3)) {
                    case 0 -> System.arraycopy(damaged, from, damaged, to, length);
                    case 1 -> Arrays.fill(damaged, from, from + length, (byte) random.nextInt());
                    default -> {
                        System.arraycopy(damaged, from + length, damaged, from, damaged.length - from - length);
                        damaged = Arrays.copyOf(damaged, damaged.length - length + 1);
                    }
                }
            }
            Refusal.requireOrReading(folder.resolve("mutated"), damaged);
        }
    }
}
