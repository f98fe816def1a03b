package alexnet.core.data.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.ClassName;

class ClassNamesFileTest {

    private static final List<ClassName> FISH = List.of(new ClassName("n01440764", Optional.of("tench, Tinca tinca"), OptionalInt.empty()),
            new ClassName("n01443537", Optional.of("goldfish"), OptionalInt.empty()));

    @TempDir
    private Path folder;

    private List<ClassName> read(String text) throws IOException {
        return ClassNamesFile.read(Files.writeString(folder.resolve("classes"), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n01440764 tench, Tinca tinca\nn01443537 goldfish\n", "n01440764 tench, Tinca tinca\r\n\r\nn01443537 goldfish",
        "\uFEFFn01440764 tench, Tinca tinca\nn01443537\tgoldfish", "{\"1\": [\"n01443537\", \"goldfish\"], \"0\": [\"n01440764\", \"tench, Tinca tinca\"]}",
        "[{\"name\": \"n01440764\", \"words\": \"tench, Tinca tinca\"}, {\"name\": \"n01443537\", \"words\": \"goldfish\", \"more\": 1}]"})
    void allFormsSayTheSame(String text) throws IOException {
        assertEquals(FISH, read(text));
    }

    @Test
    void namesAloneAreNames() throws IOException {
        assertEquals(ClassName.of(List.of("great white shark", "crane", "crane")), read("great white shark\ncrane\ncrane"));
        assertEquals(ClassName.of(List.of("a", "b")), read(" [\"a\", \"b\"]\n"));
        assertEquals(ClassName.of(List.of("a", "b")), read("{\"0\": \"a\", \"1\": \"b\"}"));
    }

    @Test
    void thoseOfAPreparedSetsFolderAreItsClasses() throws IOException {
        Files.writeString(folder.resolve("classes.json"), "[{\"name\": \"apple\", \"ilsvrc_id\": 7}]");
        assertEquals(List.of(new ClassName("apple", Optional.empty(), OptionalInt.of(7))), ClassNamesFile.read(folder));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"[\"a\", 1] | a class has no name: 1", "[\"a\" | make no sense", "{\"0\": \"a\", \"2\": \"b\"} | none of number 1",
        "[] | it names none", "[{\"words\": \"x\"}] | a class has no name", "{\"a\": 1, \"a\": 2} | make no sense", "`   ` | it names none"})
    void whatMakesNoSenseIsTold(String text, String message) {
        CheckpointException refused = assertThrows(CheckpointException.class, () -> read(text));
        assertTrue(refused.getMessage().contains(folder.resolve("classes").toString()) && refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void whatIsNoTextIsTold() throws IOException {
        Path file = Files.write(folder.resolve("binary"), "é".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(assertThrows(CheckpointException.class, () -> ClassNamesFile.read(file)).getMessage().contains("no text in UTF-8"));
        assertTrue(assertThrows(CheckpointException.class, () -> ClassNamesFile.read(folder.resolve("none"))).getMessage().contains("there is no"));
    }
}
