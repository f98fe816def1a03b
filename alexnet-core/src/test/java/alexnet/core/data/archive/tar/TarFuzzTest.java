package alexnet.core.data.archive.tar;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.data.DataException;

/** Whatever bytes a tar has, its files lie within it, or it is refused. */
class TarFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void tarsAreReadOrRefused(byte[] bytes) throws IOException {
        readOrRefuse(bytes);
        // Chance hardly finds a checksum: the same with a header whose checksum is right.
        byte[] size = new byte[12];
        System.arraycopy(bytes, 0, size, 0, Math.min(bytes.length, size.length));
        char kind = bytes.length > size.length ? (char) (bytes[size.length] & 0xFF) : '0';
        readOrRefuse(TestTar.blocks(TestTar.header("a", kind, new String(size, StandardCharsets.ISO_8859_1)), bytes));
    }

    private static void readOrRefuse(byte[] tar) {
        try {
            TarScan.scan(TarBytes.of(tar), "a.tar", 0, tar.length, entry -> {
                assertTrue(entry.offset() >= 0 && entry.length() >= 0 && entry.offset() + entry.length() <= tar.length, entry.toString());
                TarBytes.of(tar).read(entry.offset(), (int) entry.length());
                return true;
            });
        } catch (DataException refused) {
            assertTrue(refused.getMessage().startsWith("a.tar is "), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        }
    }
}
