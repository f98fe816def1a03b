package alexnet.core.data;

/**
 * An image at its own size.
 *
 * @param channels 3 for RGB, 1 for grey
 * @param height   rows
 * @param width    columns
 * @param pixels   {@code [channels][height][width]}, unsigned bytes
 */
record DecodedImage(int channels, int height, int width, byte[] pixels) {

    DecodedImage(int channels, int height, int width) {
        this(channels, height, width, new byte[Math.multiplyExact(channels, Math.multiplyExact(height, width))]);
    }

    int area() {
        return height * width;
    }
}
