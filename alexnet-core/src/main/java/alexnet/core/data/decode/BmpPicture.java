package alexnet.core.data.decode;

import java.io.IOException;

/** A Windows or OS/2 bitmap. */
final class BmpPicture implements Picture {

    /** Where the length of the second header stands. */
    private static final int HEADER_LENGTH = 14;

    private final byte[] bytes;
    private final ReaderHeader header;

    private BmpPicture(byte[] bytes) throws IOException {
        this.bytes = bytes;
        header = ReaderHeader.of("bmp", bytes);
    }

    static BmpPicture open(byte[] file) throws IOException {
        // "BM" may begin a text; the header behind it has 12 bytes or, over the years, 16 to 124.
        if (file.length > HEADER_LENGTH + 3 && (file[HEADER_LENGTH] < 12 || file[HEADER_LENGTH + 1] != 0
                || file[HEADER_LENGTH + 2] != 0 || file[HEADER_LENGTH + 3] != 0)) {
            throw ImageFormat.unknown();
        }
        return new BmpPicture(file);
    }

    @Override
    public int width() {
        return header.width();
    }

    @Override
    public int height() {
        return header.height();
    }

    @Override
    public long memory(int step) {
        return header.memory(step);
    }

    @Override
    public DecodedImage decode(int step) throws IOException {
        return Pixels.of(Readers.image("bmp", bytes, step));
    }
}
