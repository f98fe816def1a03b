package alexnet.core.data.decode;

import java.io.IOException;

/** A portable bitmap, graymap or pixmap of Netpbm, in digits (P1, P2, P3) or binary (P4, P5, P6), of 1 to 16 bits a sample. */
final class PnmPicture implements Picture {

    private final byte[] bytes;
    private final boolean digits;
    private final boolean bits;
    private final int channels;
    private final int width;
    private final int height;
    private final int maximum;
    private int position = 2;

    private PnmPicture(byte[] bytes) throws ImageException {
        this.bytes = bytes;
        if (bytes.length < 3 || !Character.isWhitespace(bytes[2])) {
            throw ImageFormat.unknown();
        }
        int kind = bytes[1] - '0';
        digits = kind <= 3;
        bits = kind % 3 == 1;
        channels = kind % 3 == 0 ? 3 : 1;
        width = number();
        height = number();
        maximum = bits ? 1 : number();
        if (maximum < 1 || maximum > 0xFFFF) {
            throw new ImageException("damaged PNM: samples up to " + maximum);
        }
        // One white space ends the header.
        position++;
        if (!digits && (long) height * rowBytes() > bytes.length - position) {
            throw new ImageException("damaged or truncated PNM");
        }
    }

    static PnmPicture open(byte[] file) throws IOException {
        return new PnmPicture(file);
    }

    private long rowBytes() {
        return bits ? Math.ceilDiv((long) width, 8) : (long) width * channels * (maximum > 0xFF ? 2 : 1);
    }

    /** The next number, behind white space and comments. */
    private int number() throws ImageException {
        skipSpace();
        int start = position;
        long value = 0;
        while (position < bytes.length && bytes[position] >= '0' && bytes[position] <= '9' && value <= Integer.MAX_VALUE) {
            value = 10 * value + bytes[position++] - '0';
        }
        if (position == start || value > Integer.MAX_VALUE) {
            throw new ImageException("damaged or truncated PNM");
        }
        return (int) value;
    }

    private void skipSpace() {
        while (position < bytes.length && (Character.isWhitespace(bytes[position]) || bytes[position] == '#')) {
            if (bytes[position] == '#') {
                while (position < bytes.length && bytes[position] != '\n' && bytes[position] != '\r') {
                    position++;
                }
            } else {
                position++;
            }
        }
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public long memory(int step) {
        return (long) width * height * channels;
    }

    @Override
    public DecodedImage decode(int step) throws IOException {
        var image = new DecodedImage(channels, height, width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    int sample = digits ? digits() : binary(x);
                    // Ones are black in bitmaps.
                    int level = bits ? 255 * (1 - sample) : (255 * Math.min(sample, maximum) + maximum / 2) / maximum;
                    image.pixels()[channel * image.area() + y * width + x] = (byte) level;
                }
            }
        }
        return image;
    }

    private int digits() throws ImageException {
        if (!bits) {
            return number();
        }
        // In bitmaps, digits need no space between them.
        skipSpace();
        if (position >= bytes.length || bytes[position] != '0' && bytes[position] != '1') {
            throw new ImageException("damaged or truncated PNM");
        }
        return bytes[position++] - '0';
    }

    private int binary(int x) {
        if (bits) {
            int bit = bytes[position] >> 7 - x % 8 & 1;
            position += x % 8 == 7 || x == width - 1 ? 1 : 0;
            return bit;
        }
        int sample = bytes[position++] & 0xFF;
        return maximum > 0xFF ? sample << 8 | bytes[position++] & 0xFF : sample;
    }
}
