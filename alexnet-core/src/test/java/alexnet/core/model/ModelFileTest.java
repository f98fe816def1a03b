package alexnet.core.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.data.ClassName;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.group.ParameterTensor;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Initial;
import alexnet.core.network.Initialization;
import alexnet.core.network.Layer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class ModelFileTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("model.safetensors");
    }

    /** Every kind of layer, with values that are nobody's default, and in an order that is not AlexNet's. */
    private static Architecture madeUp() {
        return new Architecture("made up", 2, 17, 13, List.of(
                new Layer.Convolution("features.0", 12, 5, 2, 3, Layer.Sees.BOTH_GROUPS, new Initial(0.015f, 0.25f)),
                new Layer.MaxPool("pool", 2, 1, true),
                new Layer.Dropout("drop", 0.3f, false),
                new Layer.Normalization("norm", 3, 2e-3f, 0.7f, 1.5f, Layer.Sees.OWN_GROUP),
                new Layer.Convolution("conv2", 8, 3, 1, 1, Layer.Sees.OWN_GROUP, new Initial(0.1f, 1)),
                new Layer.FullyConnected("fc", 10, new Initial(1.0f / 3, -1)),
                new Layer.FullyConnected("classes", 3, new Initial(0.01f, 0))));
    }

    private static Stream<Architecture> architectures() {
        return Stream.of(Architecture.alexnet(1000, 3), Architecture.alexnetSmall(2, 1), Initialization.KAIMING.applyTo(Architecture.alexnetSmall(5, 3)), madeUp());
    }

    private static Model model(Architecture architecture) {
        int channels = architecture.channels();
        StoredSize size = new StoredSize(architecture.storedSize(), architecture.storedSize());
        float[] mean = new float[channels * size.area()];
        Random random = new Random(3);
        for (int i = 0; i < mean.length; i++) {
            mean[i] = 255 * random.nextFloat();
        }
        List<String> classes = new ArrayList<>();
        for (int i = 0; i < architecture.classes(); i++) {
            classes.add("Straße \"" + i + "\" \uD83D\uDE80");
        }
        DatasetStatistics statistics = new DatasetStatistics(channels, size, 7, mean, new float[channels * channels], new float[channels]);
        return new Model(architecture, Resize.SQUASH, statistics, List.of(0.5f, 58.395f, 1e-3f).subList(0, channels), ClassName.of(classes));
    }

    private static List<ParameterTensor> tensors(Architecture architecture) {
        List<ParameterTensor> tensors = new ArrayList<>();
        GroupShapes.whole(architecture, 1).parameters().forEach((name, shape) -> {
            FloatArray values = new FloatArray(shape.stream().reduce(1, (a, b) -> a * b));
            values.init(tensors.size() + 0.5f);
            tensors.add(new ParameterTensor(name, shape, List.of(values)));
        });
        return tensors;
    }

    private void write(Model model) throws IOException {
        ModelFile.write(file(), model, tensors(model.architecture()));
    }

    private Model read() {
        try (OpenModel open = OpenModel.open(file())) {
            return open.model();
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void aModelComesBackAsItWas(Architecture architecture) throws IOException {
        Model written = model(architecture.name().equals("alexnet") ? small(architecture) : architecture);
        write(written);
        Model read = read();
        assertEquals(written.architecture(), read.architecture());
        assertEquals(written.classes(), read.classes());
        assertEquals(written.preprocessing(), read.preprocessing());
        assertEquals(written.statistics().images(), read.statistics().images());
        assertArrayEquals(written.statistics().mean(), read.statistics().mean());
        assertEquals(written.deviation(), read.deviation());
        List<ParameterTensor> weights = tensors(written.architecture());
        List<ParameterTensor> back = tensors(written.architecture());
        back.forEach(tensor -> tensor.parts().getFirst().init(0));
        try (OpenModel open = OpenModel.open(file())) {
            ModelFile.readTensors(open.reader(), back);
        }
        for (int i = 0; i < weights.size(); i++) {
            assertEquals(-1, weights.get(i).parts().getFirst().getSegment().mismatch(back.get(i).parts().getFirst().getSegment()));
        }
    }

    /** The paper's layers, with fewer units. */
    private static Architecture small(Architecture paper) {
        List<Layer> layers = paper.layers().stream().map(layer -> layer instanceof Layer.FullyConnected f && f.units() > 1000
                ? (Layer) new Layer.FullyConnected(f.name(), 4, f.initial()) : layer).toList();
        return new Architecture(paper.name(), paper.channels(), paper.storedSize(), paper.inputSize(), layers);
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        write(model(madeUp()));
        byte[] first = Files.readAllBytes(file());
        write(model(madeUp()));
        assertArrayEquals(first, Files.readAllBytes(file()));
    }

    @Test
    void whatClassesAreCalledComesBackAndIsLeftOutWhereNothingIsKnown() throws IOException {
        Model plain = model(madeUp());
        write(plain);
        try (SafetensorsReader reader = SafetensorsReader.open(file())) {
            assertTrue(Collections.disjoint(reader.metadata().keySet(), Set.of("class_words", "ilsvrc2012_ids")), "such files have the bytes of the version before");
        }
        List<ClassName> classes = List.of(new ClassName("n01440764", Optional.of("tench, Tinca tinca"), OptionalInt.of(449)),
                new ClassName("n01443537", Optional.empty(), OptionalInt.of(450)), new ClassName("n01484850", Optional.of("great white shark"), OptionalInt.empty()));
        write(new Model(plain.architecture(), plain.resize(), plain.statistics(), classes));
        assertEquals(classes, read().classNames());
        for (Map.Entry<String, String> wrong : Map.of("class_words", "[\"a\",\"b\"]", "ilsvrc2012_ids", "[1,2,-3]").entrySet()) {
            change(Map.of(wrong.getKey(), wrong.getValue()), Set.of(wrong.getKey()));
            assertTrue(assertThrows(CheckpointException.class, this::read).getMessage().contains("its entry " + wrong.getKey() + " is damaged"));
        }
    }

    @Test
    void theDeviationIsLeftOutWhereItIsOnes() throws IOException {
        Model divided = model(madeUp());
        write(new Model(divided.architecture(), divided.resize(), divided.statistics(), divided.classNames()));
        try (SafetensorsReader reader = SafetensorsReader.open(file())) {
            assertFalse(reader.metadata().containsKey("deviation"), "such files have the bytes of the version before");
        }
        assertEquals(List.of(1f, 1f), read().deviation());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[1,0]         | cannot be divided by the deviation [1.0, 0.0]",
            "[1,-58.395]   | cannot be divided by the deviation [1.0, -58.395]",
            "[1,1e-60]     | cannot be divided by the deviation [1.0, 0.0]",
            "[1,1e60]      | its entry deviation is damaged: it holds Infinity",
            "[1,NaN]       | its entry deviation is damaged",
            "[1,null]      | its entry deviation is damaged",
            "[1,\"2\"]     | its entry deviation is damaged",
            "[1,[2]]       | its entry deviation is damaged",
            "2             | its entry deviation is damaged: it is no list",
            "[]            | a deviation of 0 channels for made up, which takes images of 2",
            "[1,1,1]       | a deviation of 3 channels for made up, which takes images of 2",
    })
    void aDeviationThatImagesCannotBeDividedByIsRefused(String deviation, String message) throws IOException {
        change(Map.of("deviation", deviation), Set.of("deviation"));
        String refusal = assertThrows(CheckpointException.class, this::read).getMessage();
        assertTrue(refusal.startsWith(file().toString()) && refusal.contains(message) && refusal.lines().count() == 1, refusal);
    }

    /** That a new kind of layer is not forgotten. */
    @Test
    void everyKindOfLayerIsTested() {
        Set<Class<?>> tested = madeUp().layers().stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(kinds(Layer.class), tested);
    }

    private static Set<Class<?>> kinds(Class<?> sealed) {
        Set<Class<?>> kinds = new HashSet<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            kinds.addAll(permitted.isSealed() ? kinds(permitted) : Set.of(permitted));
        }
        return kinds;
    }

    /** Writes the file anew with other entries, and without a checksum, as other programs do. */
    private void change(Map<String, String> entries, Set<String> left) throws IOException {
        write(model(madeUp()));
        try (SafetensorsReader reader = SafetensorsReader.open(file())) {
            SafetensorsWriter writer = new SafetensorsWriter();
            reader.metadata().forEach((name, text) -> {
                if (!left.contains(name) && !name.equals("checksum")) {
                    writer.metadata(name, text);
                }
            });
            entries.forEach(writer::metadata);
            reader.tensors().values().stream().filter(tensor -> !left.contains(tensor.name())).forEach(tensor -> writer.add(tensor.name(), reader, tensor));
            writer.add("ema.fc.weight", DataType.U8, TensorShape.of(1), MemorySegment.ofArray(new byte[1]));
            writer.write(folder.resolve("changed"));
        }
        Files.move(folder.resolve("changed"), file(), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aWayOfResizingThatIsNotKnownIsRefused() throws IOException {
        change(Map.of("resize", "\"stretch\""), Set.of("resize"));
        assertTrue(assertThrows(CheckpointException.class, this::read).getMessage().contains("its entry resize is damaged"));
    }

    @Test
    void whatMayBeMissingHasDefaults() throws IOException {
        change(Map.of(), Set.of("classes", "resize", "deviation", "data.principal_components", "data.eigenvalues", "data.images"));
        Model read = read();
        assertEquals(List.of("0", "1", "2"), read.classes());
        assertEquals(Resize.COVER, read.resize());
        assertEquals(List.of(1f, 1f), read.deviation());
        assertEquals(0, read.statistics().images());
        assertArrayEquals(new float[2], read.statistics().standardDeviations());
        assertArrayEquals(model(madeUp()).statistics().mean(), read.statistics().mean());
        change(Map.of(), Set.of("data.mean"));
        assertTrue(assertThrows(CheckpointException.class, this::read).getMessage().endsWith("has no tensor data.mean"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"channels\":2        | \"channels\":\"2\"           | Cannot coerce",
            "\"channels\":2        | \"channels\":2.5             | Cannot coerce",
            "\"channels\":2        | \"channels\":3               | ",
            "\"stored_size\":17    | \"stored_size\":16           | its mean image is 17x17",
            "\"input_size\":13     | \"input_size\":18            | does not fit into stored images",
            "\"input_size\":13     | \"input_size\":-1            | height is -1",
            "\"input_size\":13     | \"output_size\":13           | it lacks input_size",
            "\"input_size\":13     | \"input_size\":13,\"input_size\":12 | Duplicate field",
            "\"layers\":[          | \"layer\":[                  | its layers are no list",
            "\"layers\":[          | \"layers\":[null,            | a layer of the kind none",
            "\"layers\":[          | \"layers\":[[],              | a layer of the kind none",
            "\"layers\":[          | \"layers\":[{},              | a layer of the kind none",
            "\"max_pool\"          | \"attention\"                | a layer of the kind \"attention\"; there are convolution, normalization",
            "\"max_pool\"          | 3                            | a layer of the kind 3",
            "\"drop\"              | \"\"                         | no layer can be called ''",
            "\"drop\"              | null                         | 'name'",
            "\"drop\"              | \"pool\"                     | two layers have the same name",
            "\"fc\"                | \"momentum.fc\"              | no layer can be called",
            "\"filters\":12        | \"filters\":11               | cannot be shared evenly",
            "\"filters\":12        | \"filters\":2147483646       | layer features.0: it is larger than any array",
            "\"filters\":12        | \"filters\":99999999999      | out of range",
            "\"filters\":12        | \"filters\":14               | tensor features.0.weight is F32 [12, 2, 5, 5], expected F32 [14, 2, 5, 5]",
            "\"units\":3           | \"units\":4                  | tensor classes.weight",
            "\"own_group\"         | \"third_group\"              | third_group",
            "\"own_group\"         | 1                            | Sees",
            "\"rate\":0.3          | \"rate\":1.0                 | a dropout rate of 1.0",
            "\"rate\":0.3          | \"rate\":1e99                | it holds Infinity",
            "\"beta\":0.7          | \"beta\":\"NaN\"             | it holds NaN",
            "\"deviation\":0.015   | \"deviation\":-Infinity      | Non-standard token",
            "\"deviation\":0.015   | \"deviation\":-0.015         | weights cannot start with the deviation -0.015",
    })
    void anArchitectureThatCannotBeIsToldInOneLine(String whole, String damaged, String message) throws IOException {
        String text = ArchitectureEntry.text(madeUp());
        assertTrue(text.contains(whole), text);
        change(Map.of("architecture", text.replace(whole, damaged)), Set.of());
        String refusal = assertThrows(CheckpointException.class, this::read).getMessage();
        assertTrue(refusal.startsWith(file().toString()) && refusal.lines().count() == 1, refusal);
        assertTrue(message == null || refusal.contains(message), refusal);
        assertTrue(refusal.contains("its entry architecture is damaged: ") || refusal.contains("tensor ") || refusal.contains("mean image"), refusal);
    }

    @Test
    void aNetworkOfTooManyLayersIsRefused() throws IOException {
        change(Map.of("architecture", ArchitectureEntry.text(madeUp()).replace("\"layers\":[", "\"layers\":[" + "1,".repeat(1000))), Set.of());
        assertTrue(assertThrows(CheckpointException.class, this::read).getMessage().endsWith("its layers are no list of at most 1000"));
        change(Map.of("architecture", "[".repeat(100_000)), Set.of());
        assertTrue(assertThrows(CheckpointException.class, this::read).getMessage().contains("its entry architecture is damaged"));
    }

    @Test
    void namesThatDoNotFitAreTold() throws IOException {
        for (Map.Entry<String, String> wrong : Map.of("[\"a\",\"b\"]", "2 classes for the 3 outputs of made up", "[\"a\",\"b\",3]", "its entry classes is damaged",
                "{}", "its entry classes is damaged", "[\"a\",\"b\",null]", "its entry classes is damaged").entrySet()) {
            change(Map.of("classes", wrong.getKey()), Set.of());
            String refusal = assertThrows(CheckpointException.class, this::read).getMessage();
            assertTrue(refusal.contains(wrong.getValue()), refusal);
        }
    }

    /** A later version may add fields, whose names cannot be known here. */
    @Test
    void fieldsThatAreNotKnownArePassedOver() throws IOException {
        String text = ArchitectureEntry.text(madeUp()).replace("{", "{\"from a later version\":{\"of\":[1,null]},");
        change(Map.of("architecture", text, "optimizer", "{}"), Set.of());
        assertEquals(madeUp(), read().architecture());
    }

    @Test
    void aLaterFormatIsRefused() throws IOException {
        change(Map.of("format", "alexnet-jvm-3"), Set.of());
        assertTrue(assertThrows(CheckpointException.class, this::read).getMessage().contains("(format alexnet-jvm-3, expected alexnet-jvm-2)"));
    }
}
