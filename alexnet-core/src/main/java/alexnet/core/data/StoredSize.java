package alexnet.core.data;

/**
 * The size that images are scaled and cropped to before training: 256 × 256 in the paper (section 2). The network sees
 * smaller crops of it.
 *
 * @param height rows
 * @param width  columns
 */
public record StoredSize(int height, int width) {

    /** The largest height and width, far above what networks of this kind see. */
    public static final int LIMIT = 1 << 14;

    public StoredSize {
        if (height < 1 || width < 1 || height > LIMIT || width > LIMIT) {
            throw new IllegalArgumentException("stored images of " + height + "x" + width + ": each side must be 1 to " + LIMIT);
        }
    }

    /** Pixels of one channel. */
    public int area() {
        return height * width;
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
