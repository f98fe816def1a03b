package alexnet.core.data.decode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class TiffPictureTest {

    private static final int UNSIGNED = 1;
    private static final int SIGNED = 2;
    private static final int FLOAT = 3;

    /** Two grey pixels in one strip, big-endian. */
    private static byte[] grey(int bits, int format, Consumer<ByteBuffer> samples) {
        int[][] tags = {{256, 2}, {257, 1}, {258, bits}, {259, 1}, {262, 1}, {273, 8}, {277, 1}, {278, 1}, {279, (2 * bits + 7) / 8}, {339, format}};
        int directory = 24;
        ByteBuffer file = ByteBuffer.allocate(directory + 2 + 12 * tags.length + 4).put("MM\0*".getBytes()).putInt(directory);
        samples.accept(file);
        file.position(directory).putShort((short) tags.length);
        for (int[] tag : tags) {
            file.putShort((short) tag[0]).putShort((short) 3).putInt(1).putShort((short) tag[1]).putShort((short) 0);
        }
        return file.array();
    }

    private static byte[] pixels(byte[] tiff) throws Exception {
        return ImageDecoder.decode(tiff, MemoryBudget.SHARED).grey().pixels();
    }

    @Test
    void samplesOfEveryWidthKeepTheirLevel() throws Exception {
        byte[] expected = {(byte) 180, 60};

        assertArrayEquals(expected, pixels(grey(8, UNSIGNED, file -> file.put((byte) 180).put((byte) 60))));
        assertArrayEquals(expected, pixels(grey(16, UNSIGNED, file -> file.putShort((short) (180 << 8 | 99)).putShort((short) (60 << 8)))));
        assertArrayEquals(expected, pixels(grey(32, UNSIGNED, file -> file.putInt(180 << 24 | 99).putInt(60 << 24))));
        assertArrayEquals(expected, pixels(grey(32, FLOAT, file -> file.putFloat(180 / 255f).putFloat(60 / 255f))));
        assertArrayEquals(expected, pixels(grey(64, FLOAT, file -> file.putDouble(180 / 255.0).putDouble(60 / 255.0))));
    }

    @Test
    void floatingPointSamplesAreCutOffAtBlackAndWhite() throws Exception {
        assertArrayEquals(new byte[] {0, (byte) 255}, pixels(grey(32, FLOAT, file -> file.putFloat(-3).putFloat(7e9f))));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6, 10, 12, 14, 24})
    void widthsThatTheReaderLaysOutWronglyAreRefused(int bits) {
        byte[] tiff = grey(bits, UNSIGNED, _ -> { });

        assertEquals("TIFFs of " + bits + " bits a sample are not supported", assertThrows(ImageException.class, () -> pixels(tiff)).getMessage());
    }

    @Test
    void signedSamplesAreRefused() {
        byte[] tiff = grey(16, SIGNED, _ -> { });

        assertEquals("TIFFs of signed samples are not supported", assertThrows(ImageException.class, () -> pixels(tiff)).getMessage());
    }
}
