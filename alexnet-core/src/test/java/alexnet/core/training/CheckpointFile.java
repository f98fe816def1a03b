package alexnet.core.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import alexnet.core.checkpoint.DataType;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Initialization;

/** A checkpoint of the small architecture with two classes, all zeros, to be changed before it is written. */
final class CheckpointFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A tensor as the header tells it. */
    record Entry(DataType type, List<Integer> shape) {

        long bytes() {
            return shape.stream().mapToLong(Integer::longValue).reduce(type.size(), (a, b) -> a * b);
        }
    }

    final Map<String, String> metadata = new LinkedHashMap<>();
    final Map<String, Entry> tensors = new LinkedHashMap<>();

    CheckpointFile() {
        metadata.put("format", "alexnet-jvm-1");
        metadata.put("architecture", "alexnet-small");
        metadata.put("classes", "[\"cat\",\"dog\"]");
        metadata.put("options", JSON.valueToTree(new TrainingOptions(3, 4, 0.01, TrainingOptions.Scheduler.COSINE, 1, 0.1, 0, 0.9, 5e-4,
                Initialization.KAIMING, 1, 0)).toString());
        metadata.put("history", JSON.valueToTree(List.of(new EpochMetrics(1, 0.01, 2, 2, 0.5, 1, 100, 3))).toString());
        metadata.put("steps", "17");
        new GroupShapes(Architecture.alexnetSmall(2, 1), 0, 1).parameters().forEach((name, shape) -> {
            tensors.put(name, new Entry(DataType.F32, shape));
            tensors.put(TwoGroupNetwork.MOMENTUM + name, new Entry(DataType.F32, shape));
        });
        tensors.put("data.mean", new Entry(DataType.F32, List.of(1, 28, 28)));
        tensors.put("data.principal_components", new Entry(DataType.F32, List.of(1, 1)));
        tensors.put("data.eigenvalues", new Entry(DataType.F32, List.of(1)));
        tensors.put("data.images", new Entry(DataType.I64, List.of()));
    }

    /** Writes the header, and leaves a hole where the tensors are. */
    void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        metadata.forEach(root.putObject("__metadata__")::put);
        long end = 0;
        for (Map.Entry<String, Entry> tensor : tensors.entrySet()) {
            ObjectNode node = root.putObject(tensor.getKey()).put("dtype", tensor.getValue().type().name());
            ArrayNode dimensions = node.putArray("shape");
            tensor.getValue().shape().forEach(dimensions::add);
            node.putArray("data_offsets").add(end).add(end + tensor.getValue().bytes());
            end += tensor.getValue().bytes();
        }
        byte[] header = JSON.writeValueAsBytes(root);
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(start.flip());
            channel.write(ByteBuffer.allocate(1), start.capacity() + end - 1);
        }
    }
}
