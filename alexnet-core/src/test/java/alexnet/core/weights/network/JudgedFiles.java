package alexnet.core.weights.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import alexnet.core.weights.network.JudgedNetwork.Tensor;
import alexnet.core.weights.protobuf.Message;
import alexnet.core.weights.torch.PickleWriter;

/** Files of networks as PyTorch and Caffe write them. */
final class JudgedFiles {

    private static final int FLOAT_DATA = 5;

    private JudgedFiles() {
    }

    /** torchvision's state dictionary in PyTorch's legacy format. */
    static Path torch(Path target) throws IOException {
        List<Tensor> tensors = JudgedNetwork.TORCHVISION.tensors();
        PickleWriter state = PickleWriter.pickle().code('}');
        PickleWriter keys = PickleWriter.pickle().code(']', '(');
        for (Tensor tensor : tensors) {
            List<Integer> shape = tensor.shape();
            List<Integer> strides = IntStream.rangeClosed(1, shape.size()).mapToObj(i -> shape.subList(i, shape.size()).stream().reduce(1, Math::multiplyExact)).toList();
            state.text(tensor.name()).tensor("FloatStorage", tensor.name(), tensor.length(), 0, shape, strides).code('s');
            keys.text(tensor.name());
        }
        try (JudgedFile file = new JudgedFile(target)) {
            file.write(PickleWriter.pickle().code(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19).end());
            file.write(PickleWriter.pickle().whole(1001).end());
            file.write(PickleWriter.pickle().code('}').text("little_endian").code(0x88, 's').end());
            file.write(state.end());
            file.write(keys.code('e').end());
            for (Tensor tensor : tensors) {
                file.writeCount(tensor.length());
                file.write(tensor);
            }
        }
        return target;
    }

    /** bvlc_alexnet's caffemodel as Caffe writes it today. */
    static Path caffe(Path target) throws IOException {
        return caffe(target, JudgedNetwork.BVLC_ALEXNET, List.of("conv1", "norm1", "pool1", "conv2", "norm2", "pool2", "conv3", "conv4", "conv5", "pool5",
                "fc6", "fc7", "fc8"), true);
    }

    /** bvlc_reference_caffenet's as Caffe wrote it in 2014. */
    static Path oldCaffe(Path target) throws IOException {
        return caffe(target, JudgedNetwork.CAFFENET, List.of("conv1", "pool1", "norm1", "conv2", "pool2", "norm2", "conv3", "conv4", "conv5", "pool5",
                "fc6", "fc7", "fc8"), false);
    }

    private static Path caffe(Path target, JudgedNetwork network, List<String> layers, boolean today) throws IOException {
        try (JudgedFile file = new JudgedFile(target)) {
            file.write(new Message().text(1, "AlexNet").toBytes());
            for (String layer : layers) {
                List<Tensor> tensors = network.tensors().stream().filter(tensor -> tensor.name().startsWith(layer)).toList();
                byte[] head = head(layer, today).toBytes();
                List<byte[]> blobs = new ArrayList<>();
                long length = head.length;
                for (Tensor tensor : tensors) {
                    byte[] shape = shape(tensor, today).toBytes();
                    long numbers = tensor.length() * Float.BYTES;
                    byte[] data = Message.beginning(FLOAT_DATA, numbers);
                    byte[] blob = Message.beginning(today ? 7 : 6, shape.length + data.length + numbers);
                    blobs.add(concatenated(blob, shape, data));
                    length += blobs.getLast().length + numbers;
                }
                file.write(Message.beginning(today ? 100 : 2, length));
                file.write(head);
                for (int i = 0; i < tensors.size(); i++) {
                    file.write(blobs.get(i));
                    file.write(tensors.get(i));
                }
            }
        }
        return target;
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** Name, type and settings of a layer. */
    private static Message head(String layer, boolean today) {
        Message head = new Message().text(today ? 1 : 4, layer);
        return switch (layer.substring(0, layer.length() - 1)) {
            case "conv" -> type(head, today, "Convolution", 4).message(today ? 106 : 10, convolution(layer));
            case "norm" -> type(head, today, "LRN", 15).message(today ? 118 : 18, new Message().integer(1, 5).real(2, 1e-4f).real(3, 0.75f));
            case "pool" -> type(head, today, "Pooling", 17).message(today ? 121 : 19, new Message().integer(1, 0).integer(2, 3).integer(3, 2));
            default -> type(head, today, "InnerProduct", 14);
        };
    }

    private static Message type(Message head, boolean today, String name, int number) {
        return today ? head.text(2, name) : head.integer(5, number);
    }

    private static Message convolution(String layer) {
        int number = layer.charAt(4) - '0';
        return new Message().integer(3, new int[] {0, 2, 1, 1, 1}[number - 1]).integer(4, new int[] {11, 5, 3, 3, 3}[number - 1])
                .integer(5, new int[] {1, 2, 1, 2, 2}[number - 1]).integer(6, number == 1 ? 4 : 1);
    }

    private static Message shape(Tensor tensor, boolean today) {
        long[] shape = tensor.shape().stream().mapToLong(size -> size).toArray();
        if (today) {
            return new Message().message(7, new Message().integers(1, shape));
        }
        Message four = new Message();
        for (int i = 0; i < 4; i++) {
            int place = i - 4 + shape.length;
            four.integer(i + 1, place < 0 ? 1 : shape[place]);
        }
        return four;
    }

    /** Caffe's mean image. */
    static Path mean(Path target) throws IOException {
        return Files.write(target, new Message().integer(1, 1).integer(2, 3).integer(3, 256).integer(4, 256).floats(FLOAT_DATA, JudgedNetwork.mean()).toBytes());
    }
}
