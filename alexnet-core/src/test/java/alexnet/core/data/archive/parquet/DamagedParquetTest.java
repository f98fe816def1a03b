package alexnet.core.data.archive.parquet;

import java.io.IOException;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedParquetTest {

    private static final int ROUNDS = 100;

    /** Changed bytes of good files: what is arbitrary from the start on rarely gets far. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void damagedFilesAreReadOrRefused(int codec) throws IOException {
        TestParquet file = new TestParquet().codec(codec).classes("a", "b");
        for (int i = 0; i < 6; i++) {
            file.row(new byte[50 * i], "a/" + i + ".png", i % 2);
        }
        byte[] whole = file.bytes();
        Random random = new Random(codec);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = whole.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            ParquetFuzzTest.readOrRefuse(damaged);
        }
    }
}
