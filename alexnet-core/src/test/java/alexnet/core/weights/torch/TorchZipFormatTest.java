package alexnet.core.weights.torch;

import static alexnet.core.weights.OpenedWeights.refusal;
import static alexnet.core.weights.OpenedWeights.values;
import static alexnet.core.weights.torch.PickleWriter.pickle;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.weights.OpenedWeights;
import alexnet.core.weights.WeightsFile;

class TorchZipFormatTest {

    /** {"weight": two floats in storage 0}. */
    private static final byte[] PICKLE = pickle().code('}').text("weight").vector("FloatStorage", "0", 2).code('s').end();

    @TempDir
    Path folder;

    private static TestZip zip() {
        return new TestZip().add("any name/data.pkl", PICKLE);
    }

    private float[] weight(byte[] zip) throws IOException {
        try (WeightsFile file = OpenedWeights.open(folder, zip)) {
            assertEquals(List.of(2), file.tensors().get("weight").shape());
            return values(file.tensors().get("weight"));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Zip64Mode.class, names = {"Never", "AsNeeded", "Always", "AlwaysWithCompatibility"})
    void zipsOfBothSizesAreRead(Zip64Mode mode) throws IOException {
        byte[] zip = new TestZip(mode).add("archive/data.pkl", PICKLE).floats("archive/data/0", 1.5f, -2).add("archive/version", "3\n").end();
        assertArrayEquals(new float[] {1.5f, -2}, weight(zip));
    }

    @Test
    void theOrderOfBytesIsTheFiles() throws IOException {
        byte[] big = ByteBuffer.allocate(2 * Float.BYTES).putFloat(1.5f).putFloat(-2).array();
        assertArrayEquals(new float[] {1.5f, -2}, weight(zip().add("any name/data/0", big).add("any name/byteorder", "big").end()));
        assertArrayEquals(new float[] {1.5f, -2}, weight(zip().floats("any name/data/0", 1.5f, -2).add("any name/byteorder", "little").end()));
        assertEquals("is damaged: its member byteorder says neither little nor big",
                refusal(folder, zip().add("any name/data/0", big).add("any name/byteorder", "middle").end()));
    }

    @Test
    void aZipOfSomethingElseIsRefused() {
        assertEquals("is a zip, but no file of PyTorch's: it has no member data.pkl", refusal(folder, new TestZip().add("a/b.txt", "b").end()));
        assertEquals("is damaged: it is no whole zip (Archive is not a ZIP archive)", refusal(folder, Arrays.copyOf(zip().end(), 40)));
    }

    @Test
    void storagesMustBeThereAndAsLongAsIsSaid() {
        assertEquals("is damaged: its member data/0 is not there", refusal(folder, zip().end()));
        assertEquals("is damaged: its storage 0 has 12 bytes, its pickle says 2 elements of 4 each",
                refusal(folder, zip().floats("any name/data/0", 1, 2, 3).end()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../data/0", "any name/../data/0", "other/data/0", "data/0", "/any name/data/0"})
    void membersAreAllOfOneFolder(String name) {
        String refusal = refusal(folder, zip().floats(name, 1, 2).end());
        assertTrue(refusal.startsWith("is a zip, but no file of PyTorch's: its members are not all of one folder, any name/data.pkl and "), refusal);
    }

    @Test
    void whatAPickleNamesIsNotExecuted() {
        byte[] pickle = pickle().global("os", "system").text("touch owned").code(0x85, 'R').end();
        String refusal = refusal(folder, new TestZip().add("a/data.pkl", pickle).end());
        assertTrue(refusal.startsWith("names os.system, which is not one of what a file of weights needs; it was not executed"), refusal);
    }

    @Test
    void twoMembersOfANameAreRefused() {
        assertEquals("is damaged: it has two members of the name any name/data/0",
                refusal(folder, zip().floats("any name/data/0", 1, 2).floats("any name/data/0", 3, 4).end()));
    }

    @Test
    void compressedMembersAreNotUnpacked() {
        byte[] bomb = new TestZip().add("a/data.pkl", new byte[1 << 24], ZipArchiveEntry.DEFLATED).end();
        assertEquals("has the member a/data.pkl compressed or encrypted, as PyTorch never writes it; unpack it and pack it with zip -0",
                refusal(folder, bomb));
    }

    /** The central directory has the name of a member 46 bytes in, where its content is 4 bytes before, its length 26 and 22 bytes before. */
    @ParameterizedTest
    @CsvSource({
            "42, 0, 'its member a/data/0 overlaps the one before it'",
            "24, 2147483647, 'its member a/data/0 is of two lengths, 2147483647 and 8 bytes'",
            "20, 2147483647, 'it is no whole zip (data for a/data/0 overlaps with central directory.)'",
    })
    void lengthsAndPlacesThatLieAreRefused(int field, int value, String expected) {
        byte[] zip = new TestZip().add("a/data.pkl", PICKLE).floats("a/data/0", 1, 2).end();
        int entry = new String(zip, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + field, value);
        String refusal = refusal(folder, zip);
        assertTrue(refusal.startsWith("is damaged: " + expected), refusal);
    }

    @Test
    void aDirectoryWithoutEndIsNotReadIntoMemory() {
        TestZip zip = new TestZip();
        String name = "a/" + "x".repeat(60_000);
        for (int i = 0; i < 300; i++) {
            zip.add(name + i, new byte[0]);
        }
        assertEquals("is damaged: it is no whole zip (its directory is larger than that of any file of weights)", refusal(folder, zip.end()));
    }
}
