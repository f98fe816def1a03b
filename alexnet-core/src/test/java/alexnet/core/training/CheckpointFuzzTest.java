package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Initialization;

/** Whatever a run has left behind, it is read or refused. */
class CheckpointFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The entries of a checkpoint that is right; its tensors are those of the small architecture with two classes. */
    private static final Map<String, String> ENTRIES = entries();

    private static Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("format", "alexnet-jvm-1");
        entries.put("architecture", "alexnet-small");
        entries.put("classes", "[\"cat\",\"dog\"]");
        entries.put("options", JSON.valueToTree(new TrainingOptions(3, 4, 0.01, TrainingOptions.Scheduler.COSINE, 1, 0.1, 0, 0.9, 5e-4,
                Initialization.KAIMING, 1, 0)).toString());
        entries.put("history", JSON.valueToTree(List.of(new EpochMetrics(1, 0.01, 2, 2, 0.5, 1, 100, 3))).toString());
        entries.put("steps", "17");
        return entries;
    }

    /** The first byte says which entry, the others are its text. */
    @FuzzTest(maxDuration = "5m")
    void entriesAreReadOrRefused(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        Map<String, String> entries = new LinkedHashMap<>(ENTRIES);
        String changed = List.copyOf(ENTRIES.keySet()).get((bytes[0] & 0xFF) % ENTRIES.size());
        entries.put(changed, new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
        Path file = Files.createTempFile("fuzz", ".safetensors");
        try {
            write(file, entries);
            try (SafetensorsReader reader = SafetensorsReader.open(file)) {
                Checkpoint checkpoint = Checkpoint.read(reader);
                checkpoint.options().schedule();
                checkpoint.history().forEach(EpochMetrics::top1);
                checkpoint.classes().forEach(String::length);
            }
        } catch (CheckpointException refused) {
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        } finally {
            Files.delete(file);
        }
    }

    /** Writes the header, and leaves a hole where the tensors are. */
    private static void write(Path file, Map<String, String> entries) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        entries.forEach(root.putObject("__metadata__")::put);
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        new GroupShapes(Architecture.alexnetSmall(2, 1), 0, 1).parameters().forEach((name, shape) -> {
            shapes.put(name, shape);
            shapes.put(TwoGroupNetwork.MOMENTUM + name, shape);
        });
        shapes.put("data.mean", List.of(1, 28, 28));
        shapes.put("data.principal_components", List.of(1, 1));
        shapes.put("data.eigenvalues", List.of(1));
        long end = 0;
        for (Map.Entry<String, List<Integer>> entry : shapes.entrySet()) {
            end = tensor(root, entry.getKey(), "F32", entry.getValue(), end, Float.BYTES);
        }
        end = tensor(root, "data.images", "I64", new ArrayList<>(), end, Long.BYTES);
        byte[] header = JSON.writeValueAsBytes(root);
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(start.flip());
            channel.write(ByteBuffer.allocate(1), start.capacity() + end - 1);
        }
    }

    private static long tensor(ObjectNode root, String name, String type, List<Integer> shape, long start, int size) {
        long end = start + shape.stream().mapToLong(Integer::longValue).reduce(size, (a, b) -> a * b);
        ObjectNode node = root.putObject(name).put("dtype", type);
        ArrayNode dimensions = node.putArray("shape");
        shape.forEach(dimensions::add);
        node.putArray("data_offsets").add(start).add(end);
        return end;
    }

    /** A run that is resumed keeps the losses of the steps done before, as far as there are any. */
    @FuzzTest(maxDuration = "1m")
    void lossesAreKeptAsFarAsTheyAre(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path losses = folder.resolve("losses.csv");
        try {
            Files.write(losses, bytes);
            try (RunFolder run = new RunFolder(folder, List.of(), 3)) {
                run.step(1, 0.5, 2.25);
            }
            List<String> lines = Files.readAllLines(losses);
            assertTrue(lines.size() <= 5 && lines.getFirst().equals("step,epoch,lr,loss") && lines.getLast().equals("4,1,0.500000,2.25000000"),
                    lines.toString());
        } finally {
            Files.deleteIfExists(losses);
            Files.delete(folder.resolve("metrics.csv"));
            Files.delete(folder);
        }
    }
}
