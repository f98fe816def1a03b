package alexnet.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumTest {

    @TempDir
    private Path folder;
    private Path file;
    private byte[] whole;
    private int dataStart;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("model.safetensors");
        SafetensorsWriter writer = SafetensorsWriter.withChecksum();
        writer.metadata("format", "of this test");
        // What looks like a checksum is none within another text.
        writer.metadata("classes", "[\"crc32c header=00000000 tensors=00000000\"]");
        writer.add("a", DataType.F32, TensorShape.of(3), MemorySegment.ofArray(new float[] {1, 2, 3}));
        writer.add("b", DataType.U8, TensorShape.of(5), MemorySegment.ofArray(new byte[] {1, 2, 3, 4, 5}));
        writer.write(file);
        whole = Files.readAllBytes(file);
        dataStart = Long.BYTES + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private void read() {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            reader.verify();
        }
    }

    private String refusal(byte[] content) throws IOException {
        Files.write(file, content);
        return assertThrows(CheckpointException.class, this::read).getMessage();
    }

    /** Counted here from the file's bytes, as anyone else would. */
    @Test
    void theEntryHoldsTheCrcOfHeaderAndTensors() throws IOException {
        read();
        String header = new String(whole, 0, dataStart, StandardCharsets.ISO_8859_1);
        int digits = header.indexOf("\"checksum\":\"crc32c header=") + "\"checksum\":\"crc32c header=".length();
        CRC32C crc = new CRC32C();
        crc.update((header.substring(0, digits) + "00000000" + header.substring(digits + 8)).getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(HexFormat.of().toHexDigits((int) crc.getValue()), header.substring(digits, digits + 8));
        crc.reset();
        crc.update(whole, dataStart, whole.length - dataStart);
        assertEquals(HexFormat.of().toHexDigits((int) crc.getValue()), header.substring(digits + 17, digits + 25));
    }

    @Test
    void everyFlippedBitIsTold() throws IOException {
        int checksum = new String(whole, StandardCharsets.ISO_8859_1).indexOf("crc32c");
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            String refusal = refusal(flipped);
            assertTrue(refusal.contains(file.toString()), refusal);
            // A length that is wrong makes other bytes the header, and the checksum itself may be what no longer is JSON.
            boolean findable = bit / 8 >= Long.BYTES && (bit / 8 < checksum - 1 || bit / 8 > checksum + Checksums.UNKNOWN.length());
            assertTrue(!findable || refusal.startsWith(file + " is damaged: its checksum "), bit + ": " + refusal);
        }
    }

    @Test
    void damageIsToldBeforeWhatItMakesOfTheNumbers() throws IOException {
        byte[] damaged = whole.clone();
        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putFloat(dataStart, Float.NaN);
        assertTrue(refusal(damaged).startsWith(file + " is damaged: its checksum says that the tensors had CRC-32C "));
    }

    @Test
    void aFileIsStillTruncatedWhenItIs() throws IOException {
        assertTrue(refusal(Arrays.copyOf(whole, whole.length - 1)).contains("is truncated"));
    }

    @Test
    void aFileWithoutAChecksumIsRead() throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.add("a", DataType.F32, TensorShape.of(3), MemorySegment.ofArray(new float[] {1, 2, 3}));
        writer.write(file);
        read();
        assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(Checksums.ENTRY));
    }

    @Test
    void whatIsCopiedFromAnotherFileCountsToo() throws IOException {
        Path copy = folder.resolve("copy.safetensors");
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            SafetensorsWriter writer = SafetensorsWriter.withChecksum();
            reader.tensors().values().forEach(tensor -> writer.add(tensor.name(), reader, tensor));
            writer.write(copy);
        }
        file = copy;
        read();
        byte[] copied = Files.readAllBytes(copy);
        copied[copied.length - 1] ^= 1;
        assertTrue(refusal(copied).contains("is damaged: its checksum"));
    }
}
