package alexnet.core.data.decode;

import java.io.IOException;

/** A picture whose header has been read and whose pixels have not. */
interface Picture {

    /** Columns as they are stored, before the picture is turned. */
    int width();

    /** Rows as they are stored. */
    int height();

    /** Whether every n-th row and column can be read without memory for the others. */
    default boolean subsamples() {
        return false;
    }

    /** This picture as it is to be decoded. */
    default Picture forRequest(Request request) {
        return this;
    }

    /**
     * Bytes that {@link #decode} takes for pixels, besides the file.
     *
     * @param step read every {@code step}-th row and column; 1 where the picture does not {@linkplain #subsamples subsample}
     */
    long memory(int step);

    /** The pixels over white, upright. */
    DecodedImage decode(int step) throws IOException;
}
