package alexnet.core.data.decode;

/**
 * An image at its own size, or at a fraction of it.
 *
 * @param channels 3 for RGB, 1 for grey
 * @param height   rows
 * @param width    columns
 * @param pixels   {@code [channels][height][width]}, unsigned bytes; there may be more behind them
 * @param extent   what of the rows and columns the picture fills
 */
public record DecodedImage(int channels, int height, int width, byte[] pixels, Extent extent) {

    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << FRACTION_BITS - 1;
    /** 0.299, 0.587 and 0.114, which sum to one in fixed point too. */
    private static final int RED = 19_595;
    private static final int GREEN = 38_470;
    private static final int BLUE = 7_471;

    /** An image at its own size. */
    public DecodedImage(int channels, int height, int width, byte[] pixels) {
        this(channels, height, width, pixels, Extent.whole(height, width));
    }

    /** A black image. */
    public DecodedImage(int channels, int height, int width) {
        this(channels, height, width, new byte[Math.multiplyExact(channels, Math.multiplyExact(height, width))]);
    }

    /** Pixels of one channel. */
    public int area() {
        return height * width;
    }

    /** The luma of ITU-R BT.601 in the fixed point of Pillow's {@code convert("L")}; a grey image as it is. */
    public DecodedImage grey() {
        if (channels == 1) {
            return this;
        }
        var grey = new DecodedImage(1, height, width, new byte[area()], extent);
        for (int i = 0; i < area(); i++) {
            int sum = RED * (pixels[i] & 0xFF) + GREEN * (pixels[area() + i] & 0xFF) + BLUE * (pixels[2 * area() + i] & 0xFF);
            grey.pixels[i] = (byte) (sum + HALF >> FRACTION_BITS);
        }
        return grey;
    }
}
