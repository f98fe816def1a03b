package alexnet.core.data.archive.mat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.data.DataException;

class MatFileTest {

    private final TestMat mat = new TestMat(ByteOrder.LITTLE_ENDIAN);

    private byte[] table(TestMat mat) {
        return mat.structs("synsets", List.of("ILSVRC2012_ID", "WNID", "children"), List.of(
                List.of(mat.number(1), mat.text("n01440764"), mat.matrix("", 6, new int[] {0, 0}, mat.element(9, new byte[0]))),
                List.of(mat.small(2), mat.text("n01443537 – π"), mat.cells(mat.text("a"), mat.small(7)))));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTableOfTextAndNumbersIsRead(boolean littleEndian) {
        TestMat writer = new TestMat(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        for (byte[] file : List.of(writer.file(table(writer)), writer.file(writer.compressed(table(writer))))) {
            var table = assertInstanceOf(MatValue.Structs.class, MatFile.read(file, "meta.mat").get("synsets"));

            assertEquals(2, table.count());
            assertEquals(1, assertInstanceOf(MatNumbers.class, table.get(0, "ILSVRC2012_ID")).get(0));
            assertEquals(2, assertInstanceOf(MatNumbers.class, table.get(1, "ILSVRC2012_ID")).get(0));
            assertEquals(new MatValue.Text("n01443537 – π"), table.get(1, "WNID"));
            assertEquals(0, assertInstanceOf(MatNumbers.class, table.get(0, "children")).count());
            assertEquals(2, assertInstanceOf(MatValue.Cells.class, table.get(1, "children")).values().size());
            assertInstanceOf(MatValue.Other.class, table.get(0, "gloss"));
        }
    }

    @Test
    void whateverIsCutOffIsRefusedInALine() {
        byte[] file = mat.file(mat.compressed(table(mat)));
        byte[] plain = mat.file(table(mat));
        for (byte[] whole : List.of(file, plain)) {
            for (int length = 0; length < whole.length - 8; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                if (length < 128 || length >= 136) {
                    String message = assertThrows(DataException.class, () -> MatFile.read(cut, "kit/meta.mat")).getMessage();
                    assertTrue(message.startsWith("kit/meta.mat is no MATLAB file of level 5, or damaged (") && !message.contains("\n"), message);
                }
            }
        }
    }

    @Test
    void memoryIsNotTakenOnTheFilesWord() throws IOException {
        // Two thousand million structures, of which nothing is there.
        byte[] claims = mat.file(mat.matrix("synsets", 2, new int[] {1 << 30, 1}, TestMat.join(mat.element(5, mat.ints(32)), mat.element(1, new byte[32]))));
        assertRefused(claims, "values in 0 bytes");
        byte[] overflows = mat.file(mat.matrix("synsets", 1, new int[] {1 << 20, 1 << 20, 1 << 24}, new byte[0]));
        assertRefused(overflows, "dimensions that no array has");
        byte[] long64 = mat.file(TestMat.join(mat.tag(14, -8), new byte[64]));
        assertRefused(long64, "4294967288 bytes, of which 64 are there");

        byte[] deep = mat.cells();
        for (int i = 0; i < 40; i++) {
            deep = mat.cells(deep);
        }
        assertRefused(mat.file(deep), "16 deep");
    }

    @Test
    void aZlibBombGoesOffOutside() throws IOException {
        var deflated = new ByteArrayOutputStream();
        try (var stream = new DeflaterOutputStream(deflated)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                stream.write(zeros);
            }
        }
        byte[] bomb = TestMat.join(mat.tag(15, deflated.size()), deflated.toByteArray());
        assertRefused(mat.file(bomb), "more than 33554432 bytes");
    }

    private static void assertRefused(byte[] file, String why) {
        String message = assertThrows(DataException.class, () -> MatFile.read(file, "meta.mat")).getMessage();
        assertTrue(message.contains(why), message);
    }
}
