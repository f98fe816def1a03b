package alexnet.core.data.idx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.data.DataException;

/** Whatever bytes an IDX file has, it is read or refused. */
class IdxFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void imagesAreReadOrRefused(byte[] bytes) throws IOException {
        readOrRefuse(bytes, 3);
    }

    @FuzzTest(maxDuration = "1m")
    void labelsAreReadOrRefused(byte[] bytes) throws IOException {
        readOrRefuse(bytes, 1);
    }

    private static void readOrRefuse(byte[] bytes, int rank) throws IOException {
        Path file = Files.createTempFile("fuzz", ".idx");
        try {
            Files.write(file, bytes);
            IdxFile read = IdxFile.read(file, rank);
            long length = 1;
            for (int dimension : read.dimensions()) {
                length *= dimension;
            }
            assertEquals(length, read.bytes().length);
        } catch (DataException refused) {
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        } finally {
            Files.delete(file);
        }
    }
}
