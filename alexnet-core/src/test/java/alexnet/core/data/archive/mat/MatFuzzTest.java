package alexnet.core.data.archive.mat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.data.DataException;
import alexnet.core.data.archive.mat.MatValue.Cells;
import alexnet.core.data.archive.mat.MatValue.Structs;

/** Whatever bytes a MATLAB file has, it is read or refused. */
class MatFuzzTest {

    @FuzzTest(maxDuration = "2m")
    void filesAreReadOrRefused(byte[] bytes) {
        readOrRefuse(bytes);
        // The same behind a header, which chance hardly makes.
        byte[] file = Arrays.copyOf("MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII), 128 + bytes.length);
        file[126] = 'I';
        file[127] = 'M';
        System.arraycopy(bytes, 0, file, 128, bytes.length);
        readOrRefuse(file);
    }

    private static void readOrRefuse(byte[] file) {
        try {
            MatFile.read(file, "meta.mat").values().forEach(MatFuzzTest::walk);
        } catch (DataException refused) {
            assertTrue(refused.getMessage().startsWith("meta.mat "), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        }
    }

    private static void walk(MatValue value) {
        switch (value) {
            case MatNumbers numbers -> {
                for (int i = 0; i < numbers.count(); i++) {
                    numbers.get(i);
                }
            }
            case Cells cells -> cells.values().forEach(MatFuzzTest::walk);
            case Structs structs -> {
                structs.values().forEach(MatFuzzTest::walk);
                for (int i = 0; i < structs.count(); i++) {
                    structs.get(i, "WNID");
                }
            }
            case MatValue.Text _, MatValue.Other _ -> { }
        }
    }
}
