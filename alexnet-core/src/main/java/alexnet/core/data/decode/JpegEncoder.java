package alexnet.core.data.decode;

import java.lang.foreign.MemorySegment;

/**
 * Writes JPEGs: baseline, colours as YCbCr with a chroma sample for 2 × 2 pixels (4:2:0), the standard's Huffman tables. The same pixels give
 * the same bytes. Safe for use by many threads.
 */
public interface JpegEncoder {

    /**
     * A whole JPEG file.
     *
     * @param planar   {@code [channels][height][width]} unsigned bytes
     * @param channels 3 for RGB, 1 for grey
     * @param quality  0 to 100, of libjpeg's scale
     */
    byte[] encode(MemorySegment planar, int channels, int height, int width, int quality);

    /** What it is and of which version. */
    String name();
}
