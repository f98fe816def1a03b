package alexnet.core.weights;

import static alexnet.core.weights.OpenedWeights.refusal;
import static alexnet.core.weights.OpenedWeights.values;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.checkpoint.CheckpointException;

class SafetensorsFormatTest {

    @TempDir
    Path folder;

    /** A file with this header, with apostrophes for quotes, and these bytes behind it. */
    private static byte[] file(String header, int... data) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
        for (int b : data) {
            bytes.put((byte) b);
        }
        return bytes.array();
    }

    private static byte[] all() {
        return file("{'__metadata__':{'format':'pt'},'double':{'dtype':'F64','shape':[1],'data_offsets':[6,14]},"
                + "'half':{'dtype':'F16','shape':[2],'data_offsets':[0,4]},'bfloat':{'dtype':'BF16','shape':[],'data_offsets':[4,6]},"
                + "'float':{'dtype':'F32','shape':[1,2],'data_offsets':[14,22]},'count':{'dtype':'I64','shape':[0],'data_offsets':[22,22]}}",
                0x00, 0x3E, 0xFF, 0xFB, 0xC0, 0x3F, 0, 0, 0, 0, 0, 0, 0x0C, 0xC0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0);
    }

    @Test
    void tensorsOfAllFloatsAreReadInTheOrderOfTheFile() throws IOException {
        try (WeightsFile file = OpenedWeights.open(folder, all())) {
            assertEquals("safetensors", file.format());
            assertEquals(Map.of("format", "pt"), file.metadata());
            Map<String, WeightsTensor> tensors = file.tensors();
            assertEquals(List.of("half", "bfloat", "double", "float", "count"), List.copyOf(tensors.keySet()));
            assertArrayEquals(new float[] {1.5f, -65504}, values(tensors.get("half")));
            assertArrayEquals(new float[] {1.5f}, values(tensors.get("bfloat")));
            assertArrayEquals(new float[] {-3.5f}, values(tensors.get("double")));
            assertEquals(List.of(1, 2), tensors.get("float").shape());
            assertArrayEquals(new float[] {1, -2}, values(tensors.get("float")));
            assertTrue(tensors.get("float").floats().isMapped());
            assertThrows(CheckpointException.class, tensors.get("count")::floats);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | Duplicate field 'a'",
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | takes 8 bytes, its data_offsets 4",
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | truncated",
            "{'a':{'dtype':'F32','shape':[0,4294967296],'data_offsets':[0,0]},'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | is too large",
            "{'a':{'dtype':'C64','shape':[0],'data_offsets':[0,0]},'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | of type C64",
    })
    void headersThatLieAreRefused(String header, String expected) {
        String refusal = refusal(folder, file(header, 0, 0, 0, 0));
        assertTrue(refusal.contains(expected), refusal);
    }

    @Test
    void aFileThatIsCutAnywhereIsRefused() throws IOException {
        byte[] whole = all();
        for (int length = 0; length < whole.length; length++) {
            assertFalse(OpenedWeights.readOrRefuse(folder.resolve("weights"), Arrays.copyOf(whole, length)), "cut at " + length);
        }
    }

    @Test
    void aFlippedByteDoesNoHarm() throws IOException {
        byte[] bytes = all();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) 0xFF;
            OpenedWeights.readOrRefuse(folder.resolve("weights"), bytes);
            bytes[i] ^= (byte) 0xFF;
        }
    }
}
