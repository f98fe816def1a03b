package alexnet.core.data.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.data.DataException;
import alexnet.core.data.Resize;

class ManifestTest {

    @TempDir
    private Path folder;

    private static Manifest raw() {
        var labels = new Manifest.SetFile("train/train-000000.labels.npy", 128 + 3 * 8, "00000001");
        return new Manifest(Manifest.FORMAT, Encoding.RAW, 4, Resize.COVER, 3, null, 8, "Java 25", null, "0123",
                List.of(new Manifest.ClassName("n01440764", "tench, Tinca tinca", 449), new Manifest.ClassName("n01443537", null, null)),
                new Manifest.Half(3, 1, new int[] {2, 1}, List.of(new Manifest.Shard("train/train-000000.npy", 3, 128 + 3 * 48, "cafebabe", labels))),
                new Manifest.Half(0, 0, new int[] {0, 0}, List.of()), List.of(new Manifest.SetFile("mean.npy", 320, "00000000")));
    }

    @Test
    void comesBackAsItWasWritten() throws IOException {
        raw().write(folder);
        assertEquals(raw(), Manifest.read(folder));
        assertTrue(Files.readString(folder.resolve("set.json")).contains("\"encoding\" : \"raw\""));
    }

    @Test
    void whatIsMissingIsNoPreparedSet() {
        assertEquals(folder + " is no prepared set: it has no set.json", assertThrows(DataException.class, () -> Manifest.read(folder)).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "alexnet-set-1 | alexnet-set-2",
        "\"raw\" | \"wav\"",
        "\"raw\" | \"jpeg\"",
        "\"cover\" | \"stretch\"",
        "\"size\" : 4 | \"size\" : 0",
        "\"size\" : 4 | \"size\" : 4.5",
        "\"size\" : 4 | \"size\" : \"4\"",
        "\"size\" : 4 | \"size\" : 99999999999999999999",
        "\"size\" : 4 | \"side\" : 4",
        "\"channels\" : 3 | \"channels\" : 2147483647",
        "train/train-000000.npy | ../train-000000.npy",
        "train/train-000000.npy | /etc/passwd",
        "train/train-000000.npy | train/train-000001.npy",
        "train/train-000000.labels.npy | val/val-000000.labels.npy",
        "\"mean.npy\" | \"../mean.npy\"",
        "\"mean.npy\" | \"\"",
        "\"mean.npy\" | null",
        "cafebabe | cafebab",
        "\"images\" : 3 | \"images\" : 4",
        "\"images\" : 3 | \"images\" : -3",
        "[ 2, 1 ] | [ 2, 2 ]",
        "[ 2, 1 ] | [ 3 ]",
        "\"bytes\" : 272 | \"bytes\" : 271",
        "n01443537 | n01440764",
        "\"shards\" : [ ] | \"shards\" : null",
        "\"files\" : | \"folders\" :",
    })
    void whatCannotBeIsRefusedInOneLineThatNamesTheFile(String good, String bad) throws IOException {
        raw().write(folder);
        Path file = folder.resolve("set.json");
        String text = Files.readString(file);
        assertTrue(text.contains(good), text);
        Files.writeString(file, text.replace(good, bad));
        String message = assertThrows(DataException.class, () -> Manifest.read(folder)).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.lines().count() == 1, message);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"``", "null", "{}", "[]", "{", "7", "{}{}", "\u0000"})
    void whatIsNoManifestIsRefused(String text) throws IOException {
        Files.writeString(folder.resolve("set.json"), text);
        assertTrue(assertThrows(DataException.class, () -> Manifest.read(folder)).getMessage().startsWith(folder.resolve("set.json").toString()));
    }
}
