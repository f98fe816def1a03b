package alexnet.core.data.archive.parquet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.data.DataException;

/** Whatever bytes a parquet file has, it is read or refused. */
class ParquetFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void filesAreReadOrRefused(byte[] bytes) throws IOException {
        readOrRefuse(bytes);
    }

    static void readOrRefuse(byte[] bytes) throws IOException {
        Path path = Files.createTempFile("fuzz", ".parquet");
        int[] rows = {0, 0};
        try (ParquetFile file = new ParquetFile(Files.write(path, bytes))) {
            file.describe((_, _) -> rows[0]++);
            file.images(_ -> rows[1]++);
            assertTrue(rows[0] == file.rows() && rows[1] == file.rows(), rows[0] + " and " + rows[1] + " of " + file.rows() + " rows");
        } catch (DataException refused) {
            assertTrue(refused.getMessage().contains(path.toString()), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        } finally {
            Files.delete(path);
        }
    }
}
