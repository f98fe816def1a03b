package alexnet.core.data.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.data.DataException;
import alexnet.core.data.SampleName;

class SampleIndexTest {

    @TempDir
    private Path folder;

    private Path written(int samples) throws IOException {
        IndexBuilder builder = new IndexBuilder();
        for (int i = 0; i < samples; i++) {
            builder.add("küche/" + i, i % 7, i % 2, 1L << 33 | i, 100 + i, ~i);
        }
        Path file = folder.resolve("samples.index");
        builder.write(file, List.of("first.tar", "second.tar"));
        return file;
    }

    @Test
    void comesBackAsItWasWritten() throws IOException {
        try (SampleIndex index = SampleIndex.open(written(3000))) {
            assertEquals(3000, index.size());
            assertEquals(List.of("first.tar", "second.tar"), index.containers());
            for (int i = 0; i < index.size(); i++) {
                assertEquals("küche/" + i, index.name(i));
                assertEquals(SampleName.key("küche/" + i), index.key(i));
                assertEquals(i % 7, index.label(i));
                assertEquals(i % 2, index.container(i));
                assertEquals(1L << 33 | i, index.offset(i));
                assertEquals(100 + i, index.length(i));
                assertEquals(~i, index.checksum(i));
            }
            assertThrows(IndexOutOfBoundsException.class, () -> index.name(3000));
        }
    }

    @Test
    void everyDamageIsToldWithTheFile() throws IOException {
        Path file = written(3);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            if (i >= 24 && i < SampleIndex.HEADER) {
                continue;
            }
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x40;
            Files.write(file, damaged);
            assertTrue(assertThrows(DataException.class, () -> SampleIndex.open(file)).getMessage().contains(file.toString()));
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThrows(DataException.class, () -> SampleIndex.open(file));
    }
}
