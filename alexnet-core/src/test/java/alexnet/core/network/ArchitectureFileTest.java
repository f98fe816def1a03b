package alexnet.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureFileTest {

    /** Line by line, so that a test can change one. */
    private static final String YAML = """
            # mine
            name: mine
            stored_size: 40
            input_size: 36
            layers:
            - {kind: convolution, name: conv1, filters: 8, size: 5, initial: {deviation: 1e-2, bias: .5}}
            - {kind: max_pool, name: pool1, size: 3, stride: 2, ceil: true}
            - kind: normalization
              name: norm1
              size: 3
              alpha: 1e-4
              beta: 0.75
              k: 1
              sees: both_groups
            - {kind: convolution, name: conv2, filters: 12, size: 3, stride: 2, padding: 1, sees: own_group}
            - {kind: dropout, name: drop3, rate: 0.25, inverted: true}
            - {kind: fully_connected, name: fc3, units: 6}
            - {kind: fully_connected, name: fc4}
            """;

    private static final String JSON = """
            {"name": "mine",
            \t"channels": 3, "stored_size": 16, "input_size": 16,
            \t"layers": [
            \t\t{"kind": "convolution", "name": "conv1", "filters": 4, "size": 3},
            \t\t{"kind": "fully_connected", "name": "fc2", "units": 5}
            \t]
            }
            """;

    @TempDir
    private Path folder;

    private static ArchitectureFile read(String text) {
        return new ArchitectureFile("net.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(String message, String text) {
        assertEquals(message, assertThrows(ArchitectureException.class, () -> read(text)).getMessage());
    }

    @Test
    void whatIsLeftOutIsTheDataSetsOrUsual() {
        Architecture architecture = read(YAML).of(7, 2);
        Architecture expected = new Architecture("mine", 2, 40, 36, List.of(
                new Layer.Convolution("conv1", 8, 5, 1, 0, Layer.Sees.BOTH_GROUPS, new Initial(0.01f, 0.5f)),
                new Layer.MaxPool("pool1", 3, 2, true),
                new Layer.Normalization("norm1", 3, 1e-4f, 0.75f, 1, Layer.Sees.BOTH_GROUPS),
                new Layer.Convolution("conv2", 12, 3, 2, 1, Layer.Sees.OWN_GROUP, new Initial((float) Math.sqrt(2.0 / (4 * 9)), 0)),
                new Layer.Dropout("drop3", 0.25f, true),
                new Layer.FullyConnected("fc3", 6, new Initial((float) Math.sqrt(2.0 / (12 * 8 * 8)), 0)),
                new Layer.FullyConnected("fc4", 7, new Initial(0.01f, 0))));
        assertEquals(expected, architecture);
    }

    @Test
    void jsonIsReadWithTabsAndAll() {
        ArchitectureFile file = read(JSON);
        assertEquals(5, file.of(5, 3).classes());
        assertEquals(file.of(5, 3), file.orOf(1000, 1));
    }

    @Test
    void otherClassesOrChannelsThanTheFileSaysAreRefusedInItsLine() {
        ArchitectureFile file = read(JSON);
        String classes = assertThrows(ArchitectureException.class, () -> file.of(9, 3)).getMessage();
        assertTrue(classes.startsWith("net.yaml, line 5: fc2 tells 5 classes apart, but the images have 9"), classes);
        String channels = assertThrows(ArchitectureException.class, () -> file.of(5, 1)).getMessage();
        assertTrue(channels.startsWith("net.yaml, line 2: the network takes images of 3 channels, but those given have 1"), channels);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "name: mine | nom: mine | 2: an architecture has no field nom; it has name, stored_size, input_size, channels, layers",
        "name: mine | momentum: 1 | 2: an architecture has no field momentum; it has name, stored_size, input_size, channels, layers",
        "name: mine | stored_size: 40 | 3: the field stored_size is there twice, first in line 2",
        "stored_size: 40 | # | 2: the field stored_size is missing",
        "stored_size: 40 | stored_size: 30 | 4: a crop of 36 pixels does not fit into stored images of 30",
        "stored_size: 40 | stored_size: forty | 3: stored_size is \"forty\", must be a whole number",
        "stored_size: 40 | stored_size: 40.5 | 3: stored_size is 40.5, must be a whole number",
        "stored_size: 40 | stored_size: 4000000000 | 3: stored_size is 4000000000, must be a whole number",
        "stored_size: 40 | stored_size: [40] | 3: stored_size is a list or a map, must be a whole number",
        "stored_size: 40 | stored_size: | 3: stored_size is null, must be a whole number",
        "stored_size: 40 | stored_size: 60000 | 3: an image of 60000x60000 pixels is more than one array holds",
        "stored_size: 40 | stored_size: 0 | 3: stored_size is 0, must be at least 1",
        "input_size: 36 | input_size: -5 | 4: input_size is -5, must be at least 1",
        "name: mine | 'name: mine\nchannels: -3' | 3: channels is -3, must be at least 1",
        "filters: 8 | filters: 0 | 6: mine, layer conv1: it has 0 maps or units, must be at least 1",
        "filters: 8 | filters: -8 | 6: mine, layer conv1: it has -8 maps or units, must be at least 1",
        "filters: 8 | filters: 2147483646 | 6: mine with 36x36 images, layer conv1: it is larger than any array",
        "units: 6 | units: 2147483646 | 17: mine with 36x36 images, layer fc3: 1649267440128 weights are more than one array holds",
        "deviation: 1e-2 | deviation: -1 | 6: weights cannot start with the deviation -1.0 and biases at 0.5",
        "stride: 2, ceil: true | ceil: true | 7: the field stride is missing",
        "ceil: true | ceil: 1 | 7: ceil is 1, must be true or false",
        "ceil: true | stride: 3 | 7: the field stride is there twice, first in line 7",
        "kind: max_pool | kind: pool | 7: there are no layers of the kind pool; there are convolution, normalization, max_pool, fully_connected, dropout",
        "kind: max_pool, name | name | 7: the layer lacks its kind, one of convolution, normalization, max_pool, fully_connected, dropout",
        "name: pool1 | name: conv1 | 7: another layer is called conv1 already",
        "name: pool1 | name: momentum.x | 7: no layer can be called 'momentum.x'",
        "name: pool1 | name: 7 | 7: name is 7, must be a text",
        "alpha: 1e-4 | alpha: small | 11: alpha is \"small\", must be a number",
        "alpha: 1e-4 | alpha: 1e99 | 11: alpha is 1.0E99, must be a number",
        "alpha: 1e-4 | alpha: .inf | 11: Malformed numeric value '.inf'",
        "sees: both_groups | sees: all | 14: sees is \"all\", must be own_group or both_groups",
        "k: 1 | gamma: 1 | 13: a layer of the kind normalization has no field gamma; it has name, size, alpha, beta, k, sees, kind",
        "bias: .5 | | 6: the field bias is missing",
        "bias: .5 | bias: none | 6: bias is \"none\", must be a number",
        "rate: 0.25 | rate: *a | 16: it has an alias (*) or a tag (!), which descriptions of networks have not",
        "- {kind: fully_connected, name: fc4} | | 17: mine: the last layer must be fully connected, one unit a class",
        "- {kind: fully_connected, name: fc4} | - soft | 18: there must be fields (name: value)",
        "kind: convolution, name: conv1, filters: 8, size: 5 | kind: max_pool, name: conv1, size: 3, stride: 2 | 6: a layer of the kind max_pool has no field initial; it has name, size, stride, ceil, kind",
    })
    void whatCannotBeIsToldWithItsLine(String text, String instead, String message) {
        String changed = YAML.replace(text, instead == null ? "" : instead);
        if (text.endsWith("fc4}") && instead == null) {
            changed = changed.replace("- {kind: fully_connected, name: fc3, units: 6}", "- {kind: dropout, name: drop4, rate: 0.5}");
        }
        assertRefused("net.yaml, line " + message, changed);
    }

    @Test
    void aFileThatIsNoneIsToldInOneLine() {
        assertRefused("net.yaml, line 1: it is empty", "# nothing\n");
        assertRefused("net.yaml, line 1: there must be fields (name: value)", "- a list");
        assertRefused("net.yaml, line 2: layers must be a list of 1 to 1000 layers", "name: a\nlayers: []\nstored_size: 8\ninput_size: 8");
        assertRefused("net.yaml is larger than 1 MiB: it describes no network", "#".repeat(2 << 20));
        for (String broken : List.of("{", "{\"name\": \"a\",}", "\tname: x", "a: [b", "[".repeat(100_000), "%\u0000", "--- a\n--- b", JSON + "{}")) {
            String message = assertThrows(ArchitectureException.class, () -> read(broken), broken).getMessage();
            assertTrue(message.matches("net\\.yaml, line \\d+: \\S.*"), message);
        }
    }

    @Test
    void aNameIsOneOfTheCatalogBeforeItIsAFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("net.yaml"), YAML);
        assertEquals("mine", Architectures.open(file.toString()).name());
        assertEquals("caffenet", Architectures.open("caffenet").name());
        for (String none : List.of(folder.resolve("other.yaml").toString(), "vgg", "a\0b")) {
            String message = assertThrows(IllegalArgumentException.class, () -> Architectures.open(none)).getMessage();
            assertTrue(message.startsWith("there is no architecture '" + none + "', nor a file of that name; there are alexnet, "), message);
        }
        assertEquals(folder + " cannot be read as an architecture: it is a folder",
                assertThrows(ArchitectureException.class, () -> Architectures.open(folder.toString())).getMessage());
    }
}
