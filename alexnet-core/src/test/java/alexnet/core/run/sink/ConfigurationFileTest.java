package alexnet.core.run.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading; writing is tested with {@link ProvenanceFilesTest}. */
class ConfigurationFileTest {

    private static Map<String, String> read(String text) throws IOException {
        return ConfigurationFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "a.yaml");
    }

    private static void assertDamaged(String message, String text) {
        String said = assertThrows(ConfigurationFile.DamagedException.class, () -> read(text), text).getMessage();
        assertTrue(said.startsWith("a.yaml"), said);
        assertTrue(said.contains(message), said);
        assertEquals(1, said.lines().count(), said);
    }

    @Test
    void valuesStayAsTheyAreWritten() throws IOException {
        assertEquals(Map.of("lr", "1e-2", "batch_size", "0128", "devices", "0:0,0:1", "resume", "yes", "weight_decay", "5.0E-4", "data", "c: d # e",
                "lr_milestones", "25,51", "epochs", "1_0"), read("""
                # a comment
                ---
                lr: 1e-2          # YAML takes it for a text
                batch-size: 0128  # an octal number, or none
                devices: [0:0, 0:1]
                resume: yes
                weight_decay: 5.0E-4
                data: "c: d # e"
                lr_milestones:
                - 25
                - 51
                epochs: 1_0
                """));
        assertEquals(Map.of("seed", "0:0"), read("{seed: 0:0}"), "no sexagesimal number");
    }

    @Test
    void nothingSaysNothing() throws IOException {
        assertEquals(Map.of(), read(""));
        assertEquals(Map.of(), read("# lr: 1\n"));
        assertEquals(Map.of(), read("{}"));
        assertEquals(Map.of("lr", "1"), read("lr_milestones: []\nlr: 1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "lr: {a: 1}                 | line 1: lr is no single value",
            "lr_milestones: [[1], 2]    | lr_milestones is no single value",
            "lr:                        | line 1: lr has no value",
            "lr: ~                      | lr has no value",
            "lr: [1, ~]                 | lr has no value",
            "[1, 2]                     | it is no map",
            "just text                  | it is no map",
            "? [a, b]\\n: 1             | ",
            "lr: 1\\nlr: 2              | line 2: lr is there twice",
            "bias-lr: 1\\nbias_lr: 2    | line 2: bias_lr is there twice",
            "lr: 1\\n---\\nlr: 2        | a second document begins",
            "lr: [1, 2                  | line ",
            "lr: 'x                     | line ",
            "lr: 1\\n\\tmomentum: 2     | line ",
            "lr: 1\\n momentum: 2       | line ",
            "lr: a\u0000b               | line ",
            "lr: \"\"                   | lr has no value",
            "%YAML 9.9\\n---\\nlr: 1    | ",
            "lr: !!java.net.URL [x]     | line 1: lr has a tag",
            "lr: !!java.net.URL x       | line 1: lr has a tag",
            "a: &a 1\\nlr: *a           | line 2: lr has an alias"})
    void whatIsNoFlatMapIsToldByLine(String text, String message) {
        assertDamaged(message == null ? "" : message, text.replace("\\n", "\n").replace("\\t", "\t"));
    }

    @Test
    void aliasesThatWouldMultiplyAreRefusedAtTheFirst() {
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + IntStream.range(1, 12).mapToObj(i -> String.format("%c: &%c [%s]%n", 'a' + i, 'a' + i,
                IntStream.range(0, 9).mapToObj(_ -> "*" + (char) ('a' + i - 1)).collect(Collectors.joining(", ")))).collect(Collectors.joining());
        assertDamaged("line 2: b has an alias", bomb);
        assertDamaged("b has an alias", "b: *a");
        assertDamaged("b has an alias", "b: [1, *a]");
    }

    @Test
    void depthAndLengthHaveLimits() {
        assertDamaged("a is no single value", "a: " + "[".repeat(100_000));
        assertDamaged("it is no map", "[".repeat(100_000));
        assertDamaged("larger than 1 MiB", "a".repeat(2 << 20));
        assertDamaged("", "a: " + "{".repeat(100_000));
    }
}
