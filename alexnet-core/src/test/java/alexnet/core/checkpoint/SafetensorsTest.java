package alexnet.core.checkpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SafetensorsTest {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("model.safetensors");
    }

    /** A file with this header, as given, and behind it so many zeros. */
    private Path write(String header, int dataLength) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataLength).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(file(), bytes.putLong(json.length).put(json).array());
    }

    private String refusal() {
        String message = assertThrows(CheckpointException.class, () -> SafetensorsReader.open(file()).close()).getMessage();
        assertTrue(message.contains(file().toString()), message);
        assertFalse(message.contains("\n"), message);
        return message;
    }

    private void writeSmallFile() throws IOException {
        var writer = new SafetensorsWriter();
        writer.metadata("epoch", "3");
        writer.add("bytes", DataType.U8, TensorShape.of(3), MemorySegment.ofArray(new byte[] {1, 2, -1}));
        writer.add("weights", DataType.F32, TensorShape.of(2, 2), MemorySegment.ofArray(new float[] {1, -2}),
                MemorySegment.ofArray(new float[] {3.5f, Float.NaN}));
        writer.add("steps", DataType.I64, TensorShape.of(), MemorySegment.ofArray(new long[] {1L << 40}));
        writer.add("order", DataType.I32, TensorShape.of(2), MemorySegment.ofArray(new int[] {-5, 6}));
        writer.add("nothing", DataType.F32, TensorShape.of(0, 7));
        writer.write(file());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        writeSmallFile();
        float[] first = new float[1];
        float[] rest = new float[3];
        byte[] bytes = new byte[3];
        long[] steps = new long[1];
        int[] order = new int[2];

        try (var reader = SafetensorsReader.open(file())) {
            assertEquals("3", reader.metadata("epoch"));
            assertEquals(5, reader.tensors().size());
            assertEquals(TensorShape.of(2, 2), reader.tensor("weights").shape());
            reader.read("weights", DataType.F32, TensorShape.of(2, 2), MemorySegment.ofArray(first), MemorySegment.ofArray(rest));
            reader.read("bytes", DataType.U8, TensorShape.of(3), MemorySegment.ofArray(bytes));
            reader.read("steps", DataType.I64, TensorShape.of(), MemorySegment.ofArray(steps));
            reader.read("order", DataType.I32, TensorShape.of(2), MemorySegment.ofArray(order));
            reader.read("nothing", DataType.F32, TensorShape.of(0, 7));
        }

        assertArrayEquals(new float[] {1}, first);
        assertArrayEquals(new float[] {-2, 3.5f, Float.NaN}, rest);
        assertArrayEquals(new byte[] {1, 2, -1}, bytes);
        assertArrayEquals(new long[] {1L << 40}, steps);
        assertArrayEquals(new int[] {-5, 6}, order);
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        var writer = new SafetensorsWriter();
        writer.metadata("a", "b");
        writer.add("u", DataType.U8, TensorShape.of(1), MemorySegment.ofArray(new byte[] {9}));
        writer.add("f", DataType.F32, TensorShape.of(1), MemorySegment.ofArray(new float[] {1}));
        writer.write(file());

        String header = "{\"__metadata__\":{\"a\":\"b\"},"
                + "\"f\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"u\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[4,5]}}";
        int padded = (header.length() + 7) / 8 * 8;
        ByteBuffer expected = ByteBuffer.allocate(8 + padded + 5).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(padded).put((header + " ".repeat(padded - header.length())).getBytes(StandardCharsets.UTF_8));
        expected.put(new byte[] {0, 0, (byte) 0x80, 0x3F, 9});
        assertArrayEquals(expected.array(), Files.readAllBytes(file()));
    }

    @Test
    void largeTensorsPassThroughASmallBuffer() throws IOException {
        int length = 3_000_001;
        var values = new FloatArray(length + 5);
        for (int i = 0; i < length; i++) {
            values.set(i, i);
        }
        var writer = new SafetensorsWriter();
        writer.add("large", values, TensorShape.of(length));
        writer.write(file());

        var read = new FloatArray(length);
        try (var reader = SafetensorsReader.open(file())) {
            reader.read("large", DataType.F32, TensorShape.of(length), read.getSegment());
        }
        assertEquals(-1, read.getSegment().mismatch(values.getSegment().asSlice(0, read.getSegment().byteSize())));
    }

    @Test
    void aTensorOfAnotherFileIsCopiedAsItIs() throws IOException {
        writeSmallFile();
        Path copy = folder.resolve("copy.safetensors");
        try (var reader = SafetensorsReader.open(file())) {
            var writer = new SafetensorsWriter();
            reader.tensors().values().forEach(tensor -> writer.add("copy." + tensor.name(), reader, tensor));
            writer.write(copy);
            try (var copied = SafetensorsReader.open(copy)) {
                for (Tensor tensor : reader.tensors().values()) {
                    assertArrayEquals(elements(reader, tensor.name()), elements(copied, "copy." + tensor.name()));
                }
            }
        }
    }

    private static byte[] elements(SafetensorsReader reader, String name) {
        Tensor tensor = reader.tensor(name);
        byte[] bytes = new byte[(int) tensor.byteSize()];
        reader.read(name, tensor.type(), tensor.shape(), MemorySegment.ofArray(bytes));
        return bytes;
    }

    @Test
    void aWriteReplacesTheOldFileAndLeavesNoOther() throws IOException {
        Files.writeString(file(), "old");
        writeSmallFile();

        try (var reader = SafetensorsReader.open(file()); Stream<Path> files = Files.list(folder)) {
            assertEquals("3", reader.metadata("epoch"));
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void aWriteThatFailsLeavesNothing() throws IOException {
        Files.createDirectories(file().resolve("in the way"));

        assertThrows(IOException.class, this::writeSmallFile);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
        assertThrows(IOException.class, () -> new SafetensorsWriter().write(folder.resolve("none/x")));
    }

    @Test
    void aWriterRefusesPartsThatDoNotAddUpAndNamesThatAreTaken() {
        var writer = new SafetensorsWriter();
        MemorySegment two = MemorySegment.ofArray(new float[2]);
        writer.add("a", DataType.F32, TensorShape.of(2), two);

        assertThrows(IllegalArgumentException.class, () -> writer.add("b", DataType.F32, TensorShape.of(3), two));
        assertThrows(IllegalArgumentException.class, () -> writer.add("a", DataType.F32, TensorShape.of(2), two));
        assertThrows(IllegalArgumentException.class, () -> writer.add("__metadata__", DataType.F32, TensorShape.of(2), two));
        assertThrows(IllegalArgumentException.class, () -> writer.add("c", DataType.I64, TensorShape.of(1),
                MemorySegment.ofArray(new byte[5]), MemorySegment.ofArray(new byte[3])));
        assertThrows(IllegalArgumentException.class, () -> TensorShape.of(-1));
    }

    @Test
    void everyCutIsNoticedWhenTheFileIsOpened() throws IOException {
        writeSmallFile();
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            refusal();
        }
        Files.write(file(), Arrays.copyOf(whole, whole.length + 1));
        assertTrue(refusal().contains("bytes, but"));
    }

    @Test
    void aDamagedHeaderIsReadOrRefusedButNothingElseHappens() throws IOException {
        writeSmallFile();
        byte[] whole = Files.readAllBytes(file());
        int headerEnd = 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        for (int i = 0; i < headerEnd; i++) {
            for (int value : new int[] {whole[i] ^ 1, '"', '9', -1}) {
                byte[] damaged = whole.clone();
                damaged[i] = (byte) value;
                Files.write(file(), damaged);
                try {
                    SafetensorsReader.open(file()).close();
                } catch (CheckpointException e) {
                    assertTrue(e.getMessage().contains(file().toString()));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[]                                                                       | 0 | its header is no JSON object",
            "{\"a\":1}                                                                | 0 | the tensor a has not just dtype, shape and data_offsets",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}                                | 4 | the tensor a has not just",
            "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}         | 8 | tensor a is of type C64; only F64, F32, F16, BF16, F8_E4M3, F8_E5M2, I64, I32, I16, I8, U64, U32, U16, U8, BOOL can be read",
            "{\"a\":{\"dtype\":32,\"shape\":[1],\"data_offsets\":[0,4]}}              | 4 | the dtype of tensor a is no text",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}           | 4 | the shape of tensor a is no list",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}        | 4 | the shape of tensor a holds something else than natural numbers",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}       | 4 | something else than natural numbers",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}} | 4 | something else than natural numbers",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}} | 4 | is larger than any file",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,0]}} | 0 | is larger than any file",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}       | 4 | are not two numbers",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}         | 4 | ends before it begins",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}         | 4 | takes 8 bytes, its data_offsets 4",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[9],\"data_offsets\":[0,9]}}          | 8 | is truncated: its tensors take 9 bytes, 8 are there",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[7],\"data_offsets\":[0,7]}}          | 8 | its tensors take 7 bytes, but 8 are there",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[1,5]}}          | 5 | tensor a begins at byte 1, not at 0",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}} | 6 | tensor b begins at byte 2, not at 4",
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}} | 2 | its header is not JSON (Duplicate",
            "{\"__metadata__\":{\"a\":1}}                                             | 0 | the metadata a is no text",
            "{\"__metadata__\":[]}                                                    | 0 | __metadata__ is no JSON object",
            "{\"a\":[[[[[[1]]]]]]}                                                    | 0 | its header is not JSON",
            "{} {}                                                                    | 0 | its header is not JSON",
            "{\"a\":                                                                  | 0 | its header is not JSON",
    })
    void aHeaderThatLiesIsRefused(String header, int dataLength, String message) throws IOException {
        write(header, dataLength);

        String refusal = refusal();
        assertTrue(refusal.contains(message), refusal);
    }

    @Test
    void aHeaderThatCouldNotBeReadIsNotWritten() throws IOException {
        Files.writeString(file(), "old");
        var writer = new SafetensorsWriter();
        writer.metadata("a", "x".repeat(SafetensorsReader.HEADER_LIMIT));
        assertTrue(assertThrows(IOException.class, () -> writer.write(file())).getMessage().contains("more than can be read again"));
        assertEquals("old", Files.readString(file()));
        var longest = new SafetensorsWriter();
        longest.metadata("a", "x".repeat(SafetensorsReader.HEADER_LIMIT - 40));
        longest.write(file());
        SafetensorsReader.open(file()).close();
    }

    @Test
    void aHeaderOfImpossibleLengthIsRefusedBeforeMemoryIsTaken() throws IOException {
        for (long length : new long[] {-1, Long.MIN_VALUE, 0, 1, Long.MAX_VALUE, 1L << 32, 100_000_000}) {
            Files.write(file(), ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
            assertTrue(refusal().contains("is not a safetensors file"));
        }
        Files.write(file(), ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putLong(25).array());
        assertTrue(refusal().contains("is truncated, or not a safetensors file"));
    }

    @Test
    void filesOfAnotherKindAreRefused() throws IOException {
        Files.write(file(), "PK\3\4 a zip archive, as PyTorch writes it".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(refusal().contains("is not a safetensors file"));

        Files.write(file(), new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xFF});
        assertTrue(refusal().contains("its header is not UTF-8"));

        Files.delete(file());
        assertTrue(refusal().contains("no such checkpoint"));

        Files.createDirectory(file());
        assertTrue(refusal().contains("is a folder"));
    }

    @Test
    void aTensorThatIsNotAsExpectedIsNamed() throws IOException {
        writeSmallFile();
        MemorySegment target = MemorySegment.ofArray(new float[4]);
        try (var reader = SafetensorsReader.open(file())) {
            assertEquals(file() + " has no tensor bias", refusal(() -> reader.tensor("bias")));
            assertEquals(file() + ": tensor weights is F32 [2, 2], expected F32 [4]",
                    refusal(() -> reader.read("weights", DataType.F32, TensorShape.of(4), target)));
            assertEquals(file() + ": tensor weights is F32 [2, 2], expected I32 [2, 2]",
                    refusal(() -> reader.read("weights", DataType.I32, TensorShape.of(2, 2), target)));
            assertTrue(refusal(() -> reader.metadata("seed")).contains("lacks the entry seed"));
            assertThrows(IllegalArgumentException.class,
                    () -> reader.read("weights", DataType.F32, TensorShape.of(2, 2), target.asSlice(4)));
        }
    }

    private static String refusal(Executable action) {
        return assertThrows(CheckpointException.class, action).getMessage();
    }

    @Test
    void aFileCutShortWhileItIsOpenIsNoticed() throws IOException {
        writeSmallFile();
        try (var reader = SafetensorsReader.open(file())) {
            byte[] whole = Files.readAllBytes(file());
            Files.write(file(), Arrays.copyOf(whole, whole.length - 2));
            assertTrue(refusal(() -> reader.read("bytes", DataType.U8, TensorShape.of(3), MemorySegment.ofArray(new byte[3])))
                    .contains("was cut short while it was read"));
        }
    }
}
