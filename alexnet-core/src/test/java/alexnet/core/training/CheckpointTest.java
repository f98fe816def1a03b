package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;

class CheckpointTest {

    @TempDir
    private Path folder;

    private final CheckpointFile content = new CheckpointFile();

    private Path file() {
        return folder.resolve("model.safetensors");
    }

    private Checkpoint read() throws IOException {
        content.write(file());
        try (SafetensorsReader reader = SafetensorsReader.open(file())) {
            return Checkpoint.read(reader);
        }
    }

    private void assertRefused(String message) {
        String refusal = assertThrows(CheckpointException.class, this::read).getMessage();
        assertTrue(refusal.contains(message) && refusal.contains(file().toString()), refusal);
    }

    @Test
    void aWholeFileIsRead() throws IOException {
        Checkpoint checkpoint = read();
        assertEquals(List.of("cat", "dog"), checkpoint.classes());
        assertEquals(17, checkpoint.steps());
        assertEquals(1, checkpoint.history().size());
    }

    @Test
    void aTensorThatIsMissingIsNamed() {
        for (String name : List.copyOf(content.tensors.keySet())) {
            CheckpointFile.Entry entry = content.tensors.remove(name);
            assertRefused("has no tensor " + name);
            content.tensors.put(name, entry);
        }
    }

    @Test
    void aTensorTooManyIsNamed() {
        content.tensors.put("conv6.weight", new CheckpointFile.Entry(DataType.F32, List.of(3)));
        assertRefused("has tensors that alexnet-small does not know: [conv6.weight]");
    }

    @Test
    void aTensorOfAnotherShapeOrTypeIsNamed() {
        content.tensors.put("fc8.weight", new CheckpointFile.Entry(DataType.F32, List.of(1024, 2)));
        assertRefused("tensor fc8.weight is F32 [1024, 2], expected F32 [2, 1024]");
        content.tensors.put("fc8.weight", new CheckpointFile.Entry(DataType.I32, List.of(2, 1024)));
        assertRefused("tensor fc8.weight is I32 [2, 1024], expected F32 [2, 1024]");
        content.tensors.put("data.mean", new CheckpointFile.Entry(DataType.F32, List.of(1, 28, 27)));
        assertRefused("mean image");
    }

    @Test
    void aFileCutAnywhereAmongItsTensorsIsRefusedWhenItIsOpened() throws IOException {
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
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "format       | other                     | no checkpoint of this program",
            "architecture | resnet                    | there is no architecture 'resnet'",
            "classes      | [null,\"dog\"]            | its entry classes, or a part of it, is empty",
            "classes      | [\"cat\"]                 | cannot be told apart",
            "classes      | [\"cat\",                 | its entry classes is damaged",
            "options      | {}                        | its entry options is damaged",
            "history      | [null]                    | its entry history, or a part of it, is empty",
            "history      | [{\"epoch\":1}]           | its entry history is damaged",
            "steps        | -1                        | there cannot have been -1",
            "steps        | 17 and more               | its entry steps is damaged",
            "steps        | 99999999999999999999      | its entry steps is damaged",
    })
    void anEntryThatIsDamagedIsNamed(String entry, String text, String message) {
        content.metadata.put(entry, text);
        assertRefused(message);
    }

    @Test
    void anOlderFileWithoutAListOfImagesIsReadAndADamagedListRefused() throws IOException {
        content.write(file());
        try (SafetensorsReader reader = SafetensorsReader.open(file())) {
            assertEquals(Optional.empty(), Checkpoint.fingerprint(reader));
        }
        for (CheckpointFile.Entry entry : List.of(new CheckpointFile.Entry(DataType.U8, List.of(20)), new CheckpointFile.Entry(DataType.U8, List.of(4, 5)),
                new CheckpointFile.Entry(DataType.F32, List.of(5)))) {
            content.tensors.put("data.fingerprint", entry);
            content.write(file());
            try (SafetensorsReader reader = SafetensorsReader.open(file())) {
                Checkpoint.read(reader);
                String refusal = assertThrows(CheckpointException.class, () -> Checkpoint.fingerprint(reader)).getMessage();
                assertTrue(refusal.contains(file().toString()), refusal);
            }
        }
    }

    @Test
    void anEntryThatIsMissingIsNamed() {
        content.metadata.remove("options");
        assertRefused("lacks the entry options");
    }
}
