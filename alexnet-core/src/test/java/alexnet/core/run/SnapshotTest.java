package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.Sgd;
import alexnet.core.model.Entries;
import alexnet.core.model.Model;
import alexnet.core.model.ModelFile;
import alexnet.core.model.OpenModel;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Initialization;
import alexnet.core.run.event.Metrics;
import alexnet.core.training.DivergedException;
import alexnet.core.training.Options;
import alexnet.core.training.TrainingOptions;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class SnapshotTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("model.safetensors");
    }

    private Snapshot read(CheckpointFile content) throws IOException {
        content.write(file());
        try (SafetensorsReader reader = SafetensorsReader.open(file())) {
            return Snapshot.read(reader);
        }
    }

    private void assertRefused(CheckpointFile content, String message) {
        String refusal = assertThrows(CheckpointException.class, () -> read(content)).getMessage();
        assertTrue(refusal.contains(message) && refusal.contains(file().toString()) && refusal.lines().count() == 1, refusal);
    }

    private static TrainingOptions options() {
        return Options.of("{\"lr_scheduler\": \"cosine\"}");
    }

    static Stream<CheckpointFile> formats() {
        return Stream.of(CheckpointFile.first(), CheckpointFile.second());
    }

    @Test
    void aFileOfTheFirstFormatStandsBehindItsLastEpoch() throws IOException {
        Snapshot read = read(CheckpointFile.first());
        assertEquals(Architecture.alexnetSmall(2, 1), read.model().architecture());
        assertEquals(List.of("cat", "dog"), read.model().classes());
        assertEquals(Options.over(options(), "{\"convolution\": \"direct\"}"), read.options());
        assertEquals(new RunState(18, 3, 0, 0, 0, List.of(new Metrics(9, 1, 0.01, 2.5, 2, 0.5, 1), new Metrics(18, 2, 0.005, 1.5, 1.25, 0.75, 1)), 0),
                read.state());
    }

    @Test
    void aFileOfTodaysFormatIsReadByItsFields() throws IOException {
        Snapshot read = read(CheckpointFile.second());
        assertEquals(new GroupShapes(Architecture.alexnetSmall(2, 1), 0, 1).parameters(), GroupShapes.whole(read.model().architecture(), 1).parameters());
        assertEquals(options(), read.options());
        assertEquals(new RunState(17, 2, 32, 12.5, 32, List.of(new Metrics(9, 1, 0.01, 2.5, 2, 0.5, 1)), 1), read.state());
    }

    /** As a later version may have them, in every object of every entry. */
    @ParameterizedTest
    @MethodSource("formats")
    void fieldsThatAreNotKnownArePassedOver(CheckpointFile content) throws IOException {
        Snapshot before = read(content);
        content.metadata.replaceAll((_, text) -> text.replace("{", "{\"from a later version\":[{\"x\":null}],"));
        content.metadata.put("optimizer", "adam");
        content.tensors.put("ema.fc8.bias", new CheckpointFile.Entry(DataType.F32, List.of(2)));
        Snapshot read = read(content);
        assertEquals(before.options(), read.options());
        assertEquals(before.state(), read.state());
        assertEquals(before.model().architecture(), read.model().architecture());
    }

    @Test
    void fieldsThatAreMissingHaveDefaults() throws IOException {
        CheckpointFile content = CheckpointFile.second();
        content.metadata.put("options", "{\"epochs\":3,\"batch_size\":4,\"lr\":0.01}");
        content.metadata.put("run", "{\"step\":17,\"epoch\":2}");
        Snapshot read = read(content);
        assertEquals(Options.of("{\"lr_step_size\": 10, \"initialization\": \"paper\", \"init_bias\": 1, \"convolution\": \"direct\"}"), read.options());
        assertEquals(new RunState(17, 2, 0, 0, 0, List.of(), 0), read.state());
    }

    /** Every field alone: it is missed, or has a default; what it may not be is anything else. */
    @Test
    void everyFieldIsReadOrToldByItsEntry() throws IOException {
        CheckpointFile content = CheckpointFile.second();
        Snapshot snapshot = read(content);
        assertEquals(fields(Entries.tree(snapshot.options())), fields(JSON.readTree(content.metadata.get("options"))), "a field is not tested");
        assertEquals(Set.copyOf(fields(Entries.tree(snapshot.state()))), Set.copyOf(fields(JSON.readTree(content.metadata.get("run")))), "a field is not tested");
        int checked = 0;
        for (String entry : List.of("options", "run")) {
            String whole = content.metadata.get(entry);
            for (String field : fields(JSON.readTree(whole))) {
                for (String value : List.of("null", "[[]]", "{\"x\":1}", "\"no value\"", "-1e400")) {
                    ObjectNode changed = (ObjectNode) JSON.readTree(whole);
                    changed.set(field, changed.rawValueNode(new RawValue(value)));
                    content.metadata.put(entry, JSON.writeValueAsString(changed));
                    assertRefused(content, "its entry " + entry + " is damaged: ");
                    checked++;
                }
                ObjectNode without = (ObjectNode) JSON.readTree(whole);
                without.remove(field);
                content.metadata.put(entry, without.toString());
                if (Set.of("epochs", "batch_size", "lr", "step", "epoch").contains(field)) {
                    assertRefused(content, "its entry " + entry + " is damaged: it lacks " + field);
                } else {
                    read(content);
                }
            }
            content.metadata.put(entry, whole);
        }
        assertTrue(checked >= 5 * 19, checked + " values were tried");
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "format       | other                     | no checkpoint of this program",
            "architecture | resnet                    | there is no architecture 'resnet'",
            "classes      | [null,\"dog\"]            | its entry classes is damaged",
            "classes      | [\"cat\"]                 | cannot be told apart",
            "classes      | [\"cat\",                 | its entry classes is damaged",
            "options      | {}                        | its entry options is damaged",
            "history      | [null]                    | its entry history is damaged",
            "history      | [{\"epoch\":1}]           | its entry history is damaged: it lacks lr",
            "history      | {}                        | its entry history is damaged: it is no list",
            "steps        | -1                        | there cannot have been -1",
            "steps        | 17 and more               | its entry steps is damaged",
            "steps        | 99999999999999999999      | its entry steps is damaged",
    })
    void aDamagedEntryOfTheFirstFormatIsNamed(String entry, String text, String message) {
        CheckpointFile content = CheckpointFile.first();
        content.metadata.put(entry, text);
        assertRefused(content, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "run     | {\"step\":-1,\"epoch\":1}                   | its entry run is damaged: no run can stand at step -1",
            "run     | {\"step\":1.5,\"epoch\":1}                  | its entry run is damaged",
            "run     | {\"step\":1,\"epoch\":1,\"history\":{}}     | its entry run is damaged: its history is no list",
            "run     | {\"step\":1,\"epoch\":1,\"history\":[3]}    | its entry run is damaged: it, or a part of it, is no object",
            "run     | {\"step\":1,\"epoch\":1,\"history\":[{}]}   | its entry run is damaged: it lacks step",
            "run     | []                                          | its entry run is damaged: it, or a part of it, is no object",
            "run     |                                             | its entry run is damaged",
            "options | {\"epochs\":0,\"batch_size\":4,\"lr\":0.01} | its entry options is damaged: --epochs is 0.0, must be above 0",
    })
    void aDamagedEntryIsNamed(String entry, String text, String message) {
        CheckpointFile content = CheckpointFile.second();
        content.metadata.put(entry, text == null ? "" : text);
        assertRefused(content, message);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aTensorThatIsMissingOrAnotherIsNamed(CheckpointFile content) throws IOException {
        for (String name : List.copyOf(content.tensors.keySet())) {
            CheckpointFile.Entry entry = content.tensors.remove(name);
            if (name.equals("data.images")) {
                read(content);
            } else {
                assertRefused(content, "has no tensor " + name);
            }
            content.tensors.put(name, entry);
        }
        content.tensors.put("fc8.weight", new CheckpointFile.Entry(DataType.F32, List.of(1024, 2)));
        assertRefused(content, "tensor fc8.weight is F32 [1024, 2], expected F32 [2, 1024]");
        content.tensors.put("fc8.weight", new CheckpointFile.Entry(DataType.I32, List.of(2, 1024)));
        assertRefused(content, "tensor fc8.weight is I32 [2, 1024], expected F32 [2, 1024]");
        content.tensors.put("fc8.weight", new CheckpointFile.Entry(DataType.F32, List.of(2, 1024)));
        content.tensors.put("data.mean", new CheckpointFile.Entry(DataType.F32, List.of(1, 28, 27)));
        assertRefused(content, "mean image");
    }

    @Test
    void aModelAloneIsReadButNotResumed() throws IOException {
        CheckpointFile content = CheckpointFile.second();
        content.metadata.keySet().removeAll(Set.of("options", "run"));
        content.tensors.keySet().removeIf(name -> name.startsWith(Sgd.MOMENTA));
        content.write(file());
        try (OpenModel open = OpenModel.open(file())) {
            assertEquals(List.of("cat", "dog"), open.model().classes());
        }
        assertRefused(content, "has a trained network alone, without what training goes on from (momenta, options, place): resume from a checkpoint");
        CheckpointFile withoutMomenta = CheckpointFile.second();
        withoutMomenta.tensors.keySet().removeIf(name -> name.startsWith(Sgd.MOMENTA));
        assertRefused(withoutMomenta, "has a trained network alone");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aFileCutAnywhereAmongItsTensorsIsRefusedWhenItIsOpened(CheckpointFile content) throws IOException {
        content.write(file());
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            for (long length = channel.size() - 1; length > 0; length /= 2) {
                channel.truncate(length);
                assertTrue(assertThrows(CheckpointException.class, () -> SafetensorsReader.open(file()).close()).getMessage()
                        .contains(file().toString()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aFileWithoutAListOfImagesIsReadAndADamagedListRefused(CheckpointFile content) throws IOException {
        content.write(file());
        try (OpenModel open = OpenModel.open(file())) {
            assertEquals(Optional.empty(), open.fingerprint());
        }
        for (CheckpointFile.Entry entry : List.of(new CheckpointFile.Entry(DataType.U8, List.of(20)), new CheckpointFile.Entry(DataType.U8, List.of(4, 5)),
                new CheckpointFile.Entry(DataType.F32, List.of(5)))) {
            content.tensors.put("data.fingerprint", entry);
            content.write(file());
            try (OpenModel open = OpenModel.open(file())) {
                String refusal = assertThrows(CheckpointException.class, open::fingerprint).getMessage();
                assertTrue(refusal.contains(file().toString()), refusal);
            }
        }
    }

    private static List<ParameterTensor> tensors(Architecture architecture) {
        List<ParameterTensor> tensors = new ArrayList<>();
        for (String prefix : List.of("", Sgd.MOMENTA)) {
            GroupShapes.whole(architecture, 1).parameters().forEach((name, shape) -> {
                FloatArray values = new FloatArray(shape.stream().reduce(1, (a, b) -> a * b));
                values.init(tensors.size() + 0.5f);
                tensors.add(new ParameterTensor(prefix + name, shape, List.of(values)));
            });
        }
        return tensors;
    }

    @Test
    void whatIsWrittenIsReadAgainAndTheSameStateGivesTheSameBytes() throws IOException {
        Architecture architecture = Initialization.KAIMING.applyTo(Architecture.alexnetSmall(2, 1));
        DatasetStatistics statistics = new DatasetStatistics(1, new StoredSize(28, 28), 9, new float[28 * 28], new float[] {1}, new float[] {4});
        RunState state = new RunState(17, 2, 32, 1 / 3.0, 32, List.of(new Metrics(9, 1, 0.1, Math.PI, 2e-300, 0.5, 1)), 2);
        Snapshot written = new Snapshot(new Model(architecture, List.of("a", "b"), Resize.COVER, statistics), options(), state);
        List<ParameterTensor> tensors = tensors(architecture);
        written.write(file(), tensors, new byte[0]);
        try (OpenSnapshot open = OpenSnapshot.open(file())) {
            assertEquals(written.options(), open.content().options());
            assertEquals(written.state(), open.content().state());
            assertEquals(architecture, open.content().model().architecture());
            List<ParameterTensor> back = tensors(architecture);
            back.forEach(tensor -> tensor.parts().getFirst().init(0));
            ModelFile.readTensors(open.open().reader(), back);
            for (int i = 0; i < tensors.size(); i++) {
                assertEquals(-1, tensors.get(i).parts().getFirst().getSegment().mismatch(back.get(i).parts().getFirst().getSegment()));
            }
        }
        byte[] first = Files.readAllBytes(file());
        written.write(folder.resolve("again"), tensors, new byte[0]);
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("again")));
    }

    /** Measured often for long. */
    @Test
    void aLongHistoryIsReadAgain() throws IOException {
        Architecture architecture = Architecture.alexnetSmall(2, 1);
        DatasetStatistics statistics = new DatasetStatistics(1, new StoredSize(28, 28), 1, new float[28 * 28], new float[1], new float[1]);
        List<Metrics> history = new ArrayList<>();
        for (int step = 1; step <= 120_000; step++) {
            history.add(new Metrics(step, step / 70.0, 0.01 / 3, 1.0 / step, 2.0 / 7, 0.5, 1));
        }
        RunState state = new RunState(120_000, 1715, 0, 0, 0, history, 0);
        new Snapshot(new Model(architecture, List.of("a", "b"), Resize.COVER, statistics), options(), state).write(file(), tensors(architecture), new byte[0]);
        try (OpenSnapshot open = OpenSnapshot.open(file())) {
            assertTrue(open.open().reader().metadata("run").length() > 16_000_000);
            assertEquals(state, open.content().state());
        }
    }

    /** The losses of such a network may still be numbers. */
    @Test
    void aNetworkThatIsNotFiniteReplacesNoCheckpoint() throws IOException {
        Architecture architecture = Architecture.alexnetSmall(2, 1);
        DatasetStatistics statistics = new DatasetStatistics(1, new StoredSize(28, 28), 1, new float[28 * 28], new float[1], new float[1]);
        Snapshot snapshot = new Snapshot(new Model(architecture, List.of("a", "b"), Resize.COVER, statistics), options(), RunState.NEW);
        Files.writeString(file(), "good");
        for (String name : List.of("conv4.weight", "momentum.fc7.bias")) {
            List<ParameterTensor> tensors = tensors(architecture);
            FloatArray destroyed = tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst().orElseThrow().parts().getFirst();
            destroyed.set(destroyed.getSize() - 1, name.startsWith("conv") ? Float.NaN : Float.POSITIVE_INFINITY);
            assertEquals("step 0: tensor " + name + " of the network holds values that are not finite",
                    assertThrows(DivergedException.class, () -> snapshot.write(file(), tensors, new byte[0])).getMessage());
        }
        assertEquals("good", Files.readString(file()));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
    }
}
