package alexnet.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import alexnet.bench.Contestant;
import alexnet.bench.Engine;
import alexnet.bench.Identity;
import alexnet.bench.Machine;
import alexnet.bench.Pass;
import alexnet.bench.Peer;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.StoredSize;
import alexnet.core.export.OnnxExport;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.training.Checkpoint;

/** ONNX Runtime on the graph that {@code export} writes, normalisation included. */
public final class OnnxRuntimePeer implements Peer {

    @Override
    public Engine engine() {
        return Engine.ONNXRUNTIME;
    }

    @Override
    public Contestant open(Architecture architecture, int batchSize, int threads) {
        try {
            Path folder = Files.createTempDirectory("alexnet-onnx");
            Path checkpoint = folder.resolve("network.safetensors");
            Path model = folder.resolve("network.onnx");
            try {
                export(architecture, checkpoint, model);
                return new Session(architecture, batchSize, threads, model);
            } finally {
                Files.deleteIfExists(checkpoint);
                Files.deleteIfExists(model);
                Files.delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the network cannot be exported", failure);
        } catch (OrtException failure) {
            throw new IllegalStateException("ONNX Runtime cannot load the network: " + failure.getMessage(), failure);
        }
    }

    private static void export(Architecture architecture, Path checkpoint, Path model) throws IOException {
        int channels = architecture.channels();
        StoredSize size = new StoredSize(architecture.storedSize(), architecture.storedSize());
        DatasetStatistics statistics = new DatasetStatistics(channels, size, 1, new float[channels * size.area()],
                new float[channels * channels], new float[channels]);
        List<String> classes = IntStream.range(0, architecture.classes()).mapToObj(index -> "class " + index).toList();
        try (Arena arena = Arena.ofConfined()) {
            SafetensorsWriter writer = new SafetensorsWriter();
            new GroupShapes(architecture, 0, 1).parameters().forEach((name, shape) -> {
                MemorySegment values = arena.allocate(Float.BYTES * shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact), Float.BYTES);
                MadeUp.weights(values.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer(), 0.01);
                writer.add(name, DataType.F32, TensorShape.of(shape), values);
            });
            writer.write(checkpoint);
        }
        try (SafetensorsReader reader = SafetensorsReader.open(checkpoint)) {
            OnnxExport.write(reader, new Checkpoint(architecture, classes, statistics, null, List.of(), 0), OnnxExport.FIRST_OPSET, model);
        }
    }

    private static final class Session implements Contestant {

        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final OrtSession session;
        private final OnnxTensor images;

        Session(Architecture architecture, int batchSize, int threads, Path model) throws OrtException {
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                if (threads > 0) {
                    options.setIntraOpNumThreads(threads);
                }
                session = environment.createSession(model.toString(), options);
            }
            FloatBuffer pixels = ByteBuffer.allocateDirect(Float.BYTES * MadeUp.imagesLength(architecture, batchSize))
                    .order(ByteOrder.nativeOrder()).asFloatBuffer();
            MadeUp.images(pixels, 0);
            images = OnnxTensor.createTensor(environment, pixels,
                    new long[] {batchSize, architecture.channels(), architecture.inputSize(), architecture.inputSize()});
        }

        @Override
        public Identity identity() {
            return new Identity(Engine.ONNXRUNTIME.label(), "ONNX Runtime " + environment.getVersion(), "cpu", Machine.processor(), "-");
        }

        @Override
        public void run(Pass pass) {
            try {
                session.run(Map.of("input", images), Set.of("probabilities")).close();
            } catch (OrtException failure) {
                throw new IllegalStateException("ONNX Runtime cannot compute the network: " + failure.getMessage(), failure);
            }
        }

        @Override
        public void close() {
            images.close();
            try {
                session.close();
            } catch (OrtException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
