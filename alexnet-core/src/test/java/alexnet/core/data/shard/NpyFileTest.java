package alexnet.core.data.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.data.DataException;

class NpyFileTest {

    @TempDir
    private Path folder;

    /** As NumPy 2 writes it. */
    @Test
    void headersAreNumPys() {
        String text = "\u0093NUMPY\u0001\0v\0{'descr': '|u1', 'fortran_order': False, 'shape': (1280, 3, 256, 256), }";
        assertEquals(text + " ".repeat(127 - text.length()) + "\n",
                new String(NpyFile.header(NpyFile.Type.UINT8, 1280, 3, 256, 256).array(), StandardCharsets.ISO_8859_1));
        assertTrue(new String(NpyFile.header(NpyFile.Type.INT64, 7).array(), StandardCharsets.ISO_8859_1).contains("'<i8', 'fortran_order': False, 'shape': (7,), }"));
        assertEquals(128 + 1280L * 3 * 256 * 256, NpyFile.length(NpyFile.Type.UINT8, 1280, 3, 256, 256));
    }

    @Test
    void elementsComeBack() throws IOException {
        Path file = folder.resolve("a.npy");
        float[] elements = {1, -2.5f, 3, 4, 5, Float.MIN_VALUE};
        NpyFile.write(file, elements, 2, 3);
        assertEquals(128 + 24, Files.size(file));
        assertArrayEquals(elements, NpyFile.readFloats(file, 2, 3));
    }

    @Test
    void headersOfOtherLengthsAreRead() throws IOException {
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }" + " ".repeat(6) + "\n";
        byte[] bytes = ("\u0093NUMPY\u0001\0" + (char) dictionary.length() + "\0" + dictionary + "\0\0\u0080\u003f").getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(new float[] {1}, NpyFile.readFloats(Files.write(folder.resolve("short.npy"), bytes), 1));
    }

    @Test
    void everyOtherFileIsRefusedByName() throws IOException {
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, new float[6], 2, 3);
        byte[] whole = Files.readAllBytes(file);
        assertThrows(DataException.class, () -> NpyFile.readFloats(file, 3, 2));
        for (int length : new int[] {0, 5, 9, 100, 128, whole.length - 1, whole.length + 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertTrue(assertThrows(DataException.class, () -> NpyFile.readFloats(file, 2, 3)).getMessage().contains(file.toString()));
        }
        for (int i : new int[] {0, 6, 8, 9, 10, 22, 45, 65}) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            Files.write(file, damaged);
            assertThrows(DataException.class, () -> NpyFile.readFloats(file, 2, 3), () -> "byte " + i);
        }
    }
}
