package alexnet.core.data.decode;

import java.io.IOException;

/** A Windows or OS/2 bitmap. */
final class BmpPicture implements Picture {

    private final byte[] bytes;
    private final ReaderHeader header;

    private BmpPicture(byte[] bytes) throws IOException {
        this.bytes = bytes;
        header = ReaderHeader.of("bmp", bytes);
    }

    static BmpPicture open(byte[] file) throws IOException {
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
    public boolean subsamples() {
        return false;
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
