package alexnet.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import alexnet.bench.SharedNetwork;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.export.OnnxExport;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;

/** ONNX Runtime on the graph that {@code export} writes, normalisation included. */
public final class OnnxRuntimePeer implements Peer {

    @Override
    public Engine engine() {
        return Engine.ONNXRUNTIME;
    }

    @Override
    public Contestant open(SharedNetwork network, int threads) {
        try {
            Path folder = Files.createTempDirectory("alexnet-onnx");
            Path model = folder.resolve("network.onnx");
            try {
                export(network, model);
                return new Session(network, threads, model);
            } finally {
                Files.deleteIfExists(model);
                Files.delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the network cannot be exported", failure);
        } catch (OrtException failure) {
            throw new IllegalStateException("ONNX Runtime cannot load the network: " + failure.getMessage(), failure);
        }
    }

    /** Without a mean: the batch is prepared already. */
    private static void export(SharedNetwork network, Path model) throws IOException {
        Architecture architecture = network.architecture();
        int channels = architecture.channels();
        StoredSize size = new StoredSize(architecture.storedSize(), architecture.storedSize());
        DatasetStatistics statistics = new DatasetStatistics(channels, size, 1, new float[channels * size.area()],
                new float[channels * channels], new float[channels]);
        List<String> classes = IntStream.range(0, architecture.classes()).mapToObj(index -> "class " + index).toList();
        OnnxExport.write(network.reader(), new Model(architecture, classes, Resize.COVER, statistics), OnnxExport.FIRST_OPSET, model);
    }

    private static final class Session implements Contestant {

        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final Architecture architecture;
        private final OrtSession session;
        private final OnnxTensor images;

        Session(SharedNetwork network, int threads, Path model) throws OrtException {
            architecture = network.architecture();
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                if (threads > 0) {
                    options.setIntraOpNumThreads(threads);
                }
                session = environment.createSession(model.toString(), options);
            }
            float[] prepared = network.images();
            FloatBuffer pixels = ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, prepared.length)).order(ByteOrder.nativeOrder())
                    .asFloatBuffer().put(prepared).flip();
            images = OnnxTensor.createTensor(environment, pixels,
                    new long[] {network.batchSize(), architecture.channels(), architecture.inputSize(), architecture.inputSize()});
        }

        @Override
        public Identity identity() {
            return new Identity(Engine.ONNXRUNTIME.label(), "ONNX Runtime " + environment.getVersion(), "cpu", Machine.processor());
        }

        @Override
        public float[] logits() {
            try (OrtSession.Result result = session.run(Map.of("input", images), Set.of("logits"))) {
                FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
                float[] logits = new float[values.remaining()];
                values.get(logits);
                return logits;
            } catch (OrtException failure) {
                throw failed(failure);
            }
        }

        private static IllegalStateException failed(OrtException failure) {
            return new IllegalStateException("ONNX Runtime cannot compute the network: " + failure.getMessage(), failure);
        }

        @Override
        public void run(Pass pass) {
            try {
                session.run(Map.of("input", images), Set.of("probabilities")).close();
            } catch (OrtException failure) {
                throw failed(failure);
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
