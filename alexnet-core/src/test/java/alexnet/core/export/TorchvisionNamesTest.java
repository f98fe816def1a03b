package alexnet.core.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.model.Model;
import alexnet.core.model.ModelFile;
import alexnet.core.network.Architectures;
import alexnet.core.network.GroupShapes;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormats;
import alexnet.core.weights.network.ImportedNetwork;
import alexnet.core.weights.network.ImportedNetworks;
import alexnet.core.weights.network.ParameterNames;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A network of torchvision's names comes in and goes out as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TorchvisionNamesTest {

    private Path original;
    private Path model;
    private Path exported;

    @BeforeAll
    void importOne(@TempDir Path folder) throws IOException {
        original = folder.resolve("original.safetensors");
        model = folder.resolve("model.safetensors");
        exported = folder.resolve("exported.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter();
        GroupShapes.whole(Architectures.named("alexnet-owt", 3, 3), 1).parameters().forEach((name, shape) -> {
            TensorShape elements = TensorShape.of(shape);
            writer.add(ParameterNames.TORCHVISION.theirs(name), DataType.F32, elements, () -> MemorySegment.ofArray(hashes(name.hashCode(), (int) elements.elements())));
        });
        writer.write(original);
        try (ImportedNetwork network = ImportedNetworks.open(original)) {
            network.write(model);
        }
        try (SafetensorsReader reader = SafetensorsReader.open(model)) {
            WeightsExport.write(reader, ModelFile.read(reader), exported);
        }
    }

    /** Denormal numbers and zeros of both signs among them. */
    private static float[] hashes(int seed, int count) {
        float[] values = new float[count];
        int state = seed | 1;
        for (int i = 0; i < count; i++) {
            state = state * 1664525 + 1013904223;
            values[i] = Float.intBitsToFloat(state & 0xBFFFFFFF);
        }
        return values;
    }

    @Test
    void everyTensorIsTheSameBitForBitAndThereIsNoOther() {
        try (WeightsFile before = WeightsFormats.open(original); WeightsFile after = WeightsFormats.open(exported)) {
            assertEquals(new ArrayList<>(before.tensors().keySet()), new ArrayList<>(after.tensors().keySet()));
            before.tensors().forEach((name, tensor) -> {
                assertEquals(tensor.shape(), after.tensors().get(name).shape(), name);
                assertEquals(-1, tensor.floats().mismatch(after.tensors().get(name).floats()), name);
            });
        }
    }

    @Test
    void meanAndDeviationAreInTheMetadata() throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(exported)) {
            JsonNode preprocessing = new ObjectMapper().readTree(reader.metadata("preprocessing"));
            assertEquals("[123.675,116.28,103.53]", preprocessing.get("mean").toString());
            assertEquals("[58.395,57.12,57.375]", preprocessing.get("std").toString());
            assertEquals(224, preprocessing.get("input_crop").intValue());
            assertEquals("pt", reader.metadata("format"));
        }
        try (ImportedNetwork back = ImportedNetworks.open(exported); SafetensorsReader reader = SafetensorsReader.open(model)) {
            Model known = ModelFile.read(reader);
            assertEquals("an export of this program", back.kind());
            assertEquals(known.architecture(), back.model().architecture());
            assertEquals(known.deviation(), back.model().deviation());
            assertArrayEquals(known.statistics().mean(), back.model().statistics().mean());
        }
    }

    @Test
    void aMeanImageIsNoTensorEither(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("image.safetensors");
        float[] image = hashes(1, 3 * 256 * 256);
        try (SafetensorsReader reader = SafetensorsReader.open(model)) {
            Model known = ModelFile.read(reader);
            DatasetStatistics statistics = new DatasetStatistics(3, known.statistics().size(), 7, image, new float[9], new float[3]);
            WeightsExport.write(reader, new Model(known.architecture(), known.resize(), statistics, known.classNames()), file);
            try (SafetensorsReader written = SafetensorsReader.open(file); ImportedNetwork back = ImportedNetworks.open(file)) {
                assertFalse(written.tensors().containsKey("mean"));
                assertTrue(written.metadata("preprocessing").contains("mean_image"), written.metadata("preprocessing"));
                assertArrayEquals(image, back.model().statistics().mean());
                assertEquals(List.of(1f, 1f, 1f), back.model().deviation());
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Test
    void namesAreTorchvisionsWhereTheNetworkIs() {
        assertEquals(ParameterNames.TORCHVISION, ParameterNames.of(Architectures.named("alexnet-owt", 12, 3)));
        for (String other : List.of("alexnet", "alexnet-small", "alexnet-caffe", "caffenet")) {
            assertEquals(ParameterNames.OWN, ParameterNames.of(Architectures.named(other, 12, 3)), other);
        }
    }
}
