package alexnet.core.data.shard;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.data.DataException;

/** Whatever bytes a manifest has, it is read or refused, and what is read names no file elsewhere. */
class ManifestFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void manifestsAreReadOrRefused(byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path file = new SetFolder(folder).manifest();
        try {
            Files.write(file, bytes);
            Manifest manifest = Manifest.read(folder);
            for (Split split : Split.values()) {
                manifest.half(split).shards().forEach(shard -> assertBelow(folder, shard.file()));
            }
            manifest.files().forEach(each -> assertBelow(folder, each.file()));
        } catch (DataException refused) {
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    private static void assertBelow(Path folder, String name) {
        assertTrue(folder.resolve(name).normalize().startsWith(folder), name);
    }
}
