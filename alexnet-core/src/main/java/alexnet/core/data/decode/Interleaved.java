package alexnet.core.data.decode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Pixels of four bytes, from and to planes of channels. Goes by blocks, over arrays that stay in the cache. */
final class Interleaved {

    private static final int BLOCK = 1 << 12;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    /** Of as many bytes; there is none where vectors have 128 bits. */
    private static final VectorSpecies<Byte> BYTES = INTS.vectorBitSize() < 4 * 64 ? null
            : ByteVector.SPECIES_64.withShape(VectorShape.forBitSize(INTS.vectorBitSize() / 4));
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private Interleaved() {
    }

    /**
     * Three planes.
     *
     * @param pixels ints {@code 0x??RRGGBB}, or inverted inks, a byte each, cyan first
     * @param planes receives {@code [3][pixels]}
     */
    static void split(MemorySegment pixels, int count, boolean inks, Workspace workspace, MemorySegment planes) {
        int[] block = workspace.ints(BLOCK);
        byte[] channel = workspace.plane(BLOCK);
        for (int start = 0; start < count; start += BLOCK) {
            int length = Math.min(BLOCK, count - start);
            MemorySegment.copy(pixels, ValueLayout.JAVA_INT, (long) start * Integer.BYTES, block, 0, length);
            if (inks) {
                toRgb(block, length);
            }
            for (int plane = 0; plane < 3; plane++) {
                extract(block, 16 - 8 * plane, channel, length);
                MemorySegment.copy(channel, 0, planes, ValueLayout.JAVA_BYTE, (long) plane * count + start, length);
            }
        }
    }

    /** The JIT makes no vector instructions of a loop that shifts ints and keeps a byte of each. */
    private static void extract(int[] pixels, int shift, byte[] channel, int length) {
        int i = 0;
        if (BYTES != null) {
            for (; i + INTS.length() <= length; i += INTS.length()) {
                IntVector shifted = IntVector.fromArray(INTS, pixels, i).lanewise(VectorOperators.LSHR, shift);
                ((ByteVector) shifted.convertShape(VectorOperators.I2B, BYTES, 0)).intoArray(channel, i);
            }
        }
        for (; i < length; i++) {
            channel[i] = (byte) (pixels[i] >> shift);
        }
    }

    private static void toRgb(int[] inks, int length) {
        for (int i = 0; i < length; i++) {
            int cmyk = LITTLE_ENDIAN ? Integer.reverseBytes(inks[i]) : inks[i];
            int light = cmyk & 0xFF;
            inks[i] = Pixels.share(cmyk >>> 24, light) << 16 | Pixels.share(cmyk >> 16 & 0xFF, light) << 8 | Pixels.share(cmyk >> 8 & 0xFF, light);
        }
    }

    /** Ints {@code 0x00RRGGBB} of three planes. */
    static void join(MemorySegment planes, int count, Workspace workspace, MemorySegment pixels) {
        int[] block = workspace.ints(BLOCK);
        byte[] channel = workspace.plane(BLOCK);
        for (int start = 0; start < count; start += BLOCK) {
            int length = Math.min(BLOCK, count - start);
            for (int plane = 0; plane < 3; plane++) {
                MemorySegment.copy(planes, ValueLayout.JAVA_BYTE, (long) plane * count + start, channel, 0, length);
                append(channel, block, length);
            }
            MemorySegment.copy(block, 0, pixels, ValueLayout.JAVA_INT, (long) start * Integer.BYTES, length);
        }
    }

    private static void append(byte[] channel, int[] pixels, int length) {
        for (int i = 0; i < length; i++) {
            pixels[i] = pixels[i] << 8 | channel[i] & 0xFF;
        }
    }
}
