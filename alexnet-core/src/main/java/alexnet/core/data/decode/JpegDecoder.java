package alexnet.core.data.decode;

import java.io.IOException;

/** What makes pixels of the segments of a JPEG. Safe for use by many threads. */
interface JpegDecoder {

    /** What it is and of which version. */
    String name();

    /** Whether it reads a half, a quarter or an eighth of the rows and columns for less than all, as averages of pixels. */
    boolean reduces();

    /**
     * Bytes that {@link #decode} takes for pixels, besides the file.
     *
     * @param step of how many rows and columns one is read
     */
    long memory(JpegFile file, int step);

    /**
     * The pixels, upright.
     *
     * @param step of how many rows and columns one is read; one of 1, 2, 4 and 8 where it reduces
     * @throws ImageException                                     if the file is damaged or truncated
     * @throws alexnet.core.data.decode.turbo.TurboException if another decoder may be able to read it
     */
    DecodedImage decode(JpegFile file, int step, Workspace workspace) throws IOException;
}
