package alexnet.core.weights.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.Tensor;
import alexnet.core.data.Resize;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.OpenModel;
import alexnet.core.training.Predictor;
import alexnet.core.training.View;
import alexnet.kernels.KernelFamilies;

/**
 * What networks say that are imported from others' files is what torchvision and OpenCV say of the same JPEGs; {@code scripts/judge-weights
 * logits} asked them.
 */
class JudgedLogitsTest {

    /** Of the largest logit. */
    private static final double TOLERANCE = 1e-4;
    private static final int TOP = 5;

    @TempDir
    Path folder;

    @Test
    void torchvisionsNetworkSaysWhatTorchvisionSays() throws IOException {
        assertAgrees("torchvision", JudgedFiles.torch(folder.resolve("alexnet.pth")), ImportOptions.NONE);
    }

    @Test
    void caffesAlexNetSaysWhatOpenCvSays() throws IOException {
        Path mean = JudgedFiles.mean(folder.resolve("mean.binaryproto"));
        assertAgrees("bvlc_alexnet, cover, mean image", JudgedFiles.caffe(folder.resolve("bvlc_alexnet.caffemodel")),
                new ImportOptions(Optional.empty(), Optional.of(mean), Optional.of(Resize.COVER), Optional.empty()));
    }

    @Test
    void caffesReferenceNetworkSaysWhatOpenCvSays() throws IOException {
        assertAgrees("caffenet, squash, mean values", JudgedFiles.oldCaffe(folder.resolve("caffenet.caffemodel")),
                new ImportOptions(Optional.empty(), Optional.empty(), Optional.of(Resize.SQUASH), Optional.empty()));
    }

    private void assertAgrees(String judge, Path file, ImportOptions options) throws IOException {
        Path model = folder.resolve("model.safetensors");
        try (ImportedNetwork imported = ImportedNetworks.open(file, options)) {
            imported.write(model);
        }
        Map<String, float[]> probabilities = predict(model);
        Map<String, float[]> logits = logits(judge);
        assertEquals(logits.keySet(), probabilities.keySet());
        double worst = 0;
        for (String photograph : logits.keySet()) {
            float[] expected = logits.get(photograph);
            float[] actual = probabilities.get(photograph);
            assertArrayEquals(likeliest(expected), likeliest(actual), judge + " of " + photograph);
            int top = likeliest(expected)[0];
            for (int i = 0; i < expected.length; i++) {
                // Probabilities tell logits but for one number for all.
                double difference = Math.log(actual[i]) - Math.log(actual[top]) - (expected[i] - expected[top]);
                worst = Math.max(worst, Math.abs(difference) / largest(expected));
            }
        }
        System.out.printf("%s: logits differ by at most %.1e of the largest%n", judge, worst);
        assertTrue(worst <= TOLERANCE, judge + ": logits differ by " + worst);
    }

    private static int[] likeliest(float[] values) {
        return IntStream.range(0, values.length).boxed().sorted((a, b) -> Float.compare(values[b], values[a])).limit(TOP).mapToInt(i -> i).toArray();
    }

    private static double largest(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])).max().orElseThrow();
    }

    private Map<String, float[]> predict(Path file) {
        Map<String, float[]> probabilities = new LinkedHashMap<>();
        List<TwoGroupNetwork.Placement> placements = Devices.ofRuntime().byDefault().stream().map(Device::device)
                .map(device -> new TwoGroupNetwork.Placement(device, KernelFamilies.of(device))).toList();
        List<Path> photographs = photographs();
        try (OpenModel open = OpenModel.open(file);
                TwoGroupNetwork network = new TwoGroupNetwork(open.model().architecture(), photographs.size(), placements)) {
            open.load(network);
            new Predictor(network, open.model().preprocessing(), View.centre(open.model().architecture())).predict(photographs,
                    (photograph, values) -> probabilities.put(Path.of(photograph).getFileName().toString(), values), skipped -> {
                        throw new IllegalStateException(skipped.toString());
                    });
        }
        return probabilities;
    }

    private List<Path> photographs() {
        return names().stream().map(this::resource).toList();
    }

    private List<String> names() {
        try (SafetensorsReader judged = SafetensorsReader.open(resource("logits.safetensors"))) {
            return List.of(judged.metadata("images").split(" "));
        }
    }

    /** By the photograph's name. */
    private Map<String, float[]> logits(String judge) {
        try (SafetensorsReader judged = SafetensorsReader.open(resource("logits.safetensors"))) {
            Tensor tensor = judged.tensor(judge);
            float[] all = new float[(int) tensor.shape().elements()];
            judged.read(judge, tensor.type(), tensor.shape(), MemorySegment.ofArray(all));
            List<String> names = names();
            int classes = all.length / names.size();
            Map<String, float[]> logits = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                logits.put(names.get(i), Arrays.copyOfRange(all, i * classes, (i + 1) * classes));
            }
            return logits;
        }
    }

    private Path resource(String name) {
        Path copy = folder.resolve(name);
        try (var stream = JudgedLogitsTest.class.getResourceAsStream("/alexnet/core/weights/judged/" + name)) {
            if (!Files.exists(copy)) {
                Files.copy(stream, copy);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return copy;
    }
}
