package alexnet.core.run;

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
import alexnet.core.group.Sgd;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;

/** A checkpoint of the small architecture with two classes, all zeros, in either format, to be changed before it is written. */
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

    private CheckpointFile() {
        new GroupShapes(Architecture.alexnetSmall(2, 1), 0, 1).parameters().forEach((name, shape) -> {
            tensors.put(name, new Entry(DataType.F32, shape));
            tensors.put(Sgd.MOMENTA + name, new Entry(DataType.F32, shape));
        });
        tensors.put("data.mean", new Entry(DataType.F32, List.of(1, 28, 28)));
        tensors.put("data.principal_components", new Entry(DataType.F32, List.of(1, 1)));
        tensors.put("data.eigenvalues", new Entry(DataType.F32, List.of(1)));
        tensors.put("data.images", new Entry(DataType.I64, List.of()));
    }

    /** As the program wrote them when it knew whole epochs alone. */
    static CheckpointFile first() {
        CheckpointFile file = new CheckpointFile();
        file.metadata.put("format", "alexnet-jvm-1");
        file.metadata.put("architecture", "alexnet-small");
        file.metadata.put("classes", "[\"cat\",\"dog\"]");
        file.metadata.put("options", """
                {"epochs":3,"batchSize":4,"lr":0.01,"lrScheduler":"COSINE","lrStepSize":1,"lrGamma":0.1,"lrWarmupEpochs":0.0,"momentum":0.9,\
                "weightDecay":5.0E-4,"initialization":"KAIMING","seed":1,"limitBatches":0}""");
        file.metadata.put("history", """
                [{"epoch":1,"lr":0.01,"trainingLoss":2.5,"validationLoss":2.0,"top1":0.5,"top5":1.0,"imagesPerSecond":100.0,"seconds":3.0},\
                {"epoch":2,"lr":0.005,"trainingLoss":1.5,"validationLoss":1.25,"top1":0.75,"top5":1.0,"imagesPerSecond":90.0,"seconds":4.0}]""");
        file.metadata.put("steps", "18");
        return file;
    }

    /** With no more than a file needs to be resumed from, nearly. */
    static CheckpointFile second() {
        CheckpointFile file = new CheckpointFile();
        file.metadata.put("format", "alexnet-jvm-2");
        file.metadata.put("architecture", """
                {"name":"alexnet-small","channels":1,"stored_size":28,"input_size":28,"layers":[\
                {"kind":"convolution","name":"conv1","filters":32,"size":5,"padding":2},\
                {"kind":"normalization","name":"norm1","size":5,"alpha":1e-4,"beta":0.75,"k":2},\
                {"kind":"max_pool","name":"pool1","size":3,"stride":2},\
                {"kind":"convolution","name":"conv2","filters":64,"size":5,"stride":1,"padding":2,"sees":"own_group"},\
                {"kind":"normalization","name":"norm2","size":5,"alpha":1e-4,"beta":0.75,"k":2},\
                {"kind":"max_pool","name":"pool2","size":3,"stride":2,"ceil":false},\
                {"kind":"convolution","name":"conv3","filters":96,"size":3,"padding":1,"sees":"both_groups","initial":{"deviation":0.01,"bias":0}},\
                {"kind":"convolution","name":"conv4","filters":96,"size":3,"padding":1,"sees":"own_group"},\
                {"kind":"convolution","name":"conv5","filters":64,"size":3,"padding":1,"sees":"own_group"},\
                {"kind":"max_pool","name":"pool5","size":3,"stride":2},\
                {"kind":"fully_connected","name":"fc6","units":1024,"initial":{"deviation":0.01,"bias":1}},\
                {"kind":"dropout","name":"drop6","rate":0.5},\
                {"kind":"fully_connected","name":"fc7","units":1024},\
                {"kind":"dropout","name":"drop7","rate":0.5},\
                {"kind":"fully_connected","name":"fc8","units":2}]}""");
        file.metadata.put("classes", "[\"cat\",\"dog\"]");
        file.metadata.put("options", """
                {"epochs":3,"batch_size":4,"lr":0.01,"lr_scaling":"none","lr_batch_size":128,"bias_lr":1,"lr_scheduler":"cosine","lr_step_size":1,"lr_milestones":[],"lr_gamma":0.1,\
                "lr_warmup_epochs":0,"momentum":0.9,"weight_decay":5e-4,"bias_wd":1,"colour_noise":0.1,"colour_noise_until":0,"lrn_n":5,\
                "lrn_alpha":1e-4,"lrn_alpha_over_n":false,"lrn_beta":0.75,"lrn_k":2,"initialization":"kaiming","init_bias":0,"freeze":[],"lr_layer":[],"seed":1,\
                "limit_batches":0,"validate_every":"1e","patience":0,"convolution":"auto"}""");
        file.metadata.put("run", """
                {"step":17,"epoch":2,"images":32,"loss_sum":12.5,"images_measured":32,"rollbacks":1,"history":[\
                {"step":9,"epochs":1.0,"lr":0.01,"training_loss":2.5,"validation_loss":2.0,"top1":0.5,"top5":1.0}]}""");
        return file;
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
