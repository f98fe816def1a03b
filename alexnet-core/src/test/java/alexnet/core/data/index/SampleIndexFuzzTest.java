package alexnet.core.data.index;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.data.DataException;

/** Whatever bytes an index has, it is read or refused, also where its checksum is right. */
class SampleIndexFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void indicesAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".index");
        try {
            Files.write(file, summed(bytes.clone()));
            try (SampleIndex index = SampleIndex.open(file)) {
                for (int i = 0; i < index.size(); i++) {
                    assertTrue(index.offset(i) >= 0 && index.length(i) >= 0 && index.label(i) >= 0);
                    index.name(i);
                }
            }
        } catch (DataException refused) {
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        } finally {
            Files.delete(file);
        }
    }

    private static byte[] summed(byte[] bytes) {
        if (bytes.length >= SampleIndex.HEADER) {
            CRC32C crc = new CRC32C();
            crc.update(bytes, SampleIndex.HEADER, bytes.length - SampleIndex.HEADER);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, SampleIndex.MAGIC).putInt(20, (int) crc.getValue());
        }
        return bytes;
    }
}
