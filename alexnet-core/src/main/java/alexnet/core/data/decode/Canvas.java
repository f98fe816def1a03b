package alexnet.core.data.decode;

import java.util.Arrays;

/**
 * What an animation is drawn on, and the place of its first frame. A frame that juts out enlarges it.
 *
 * @param width      columns
 * @param height     rows
 * @param background 0xRRGGBB, where there is no frame
 */
record Canvas(int width, int height, int background, int left, int top, int frameWidth, int frameHeight) {

    Canvas {
        width = Math.max(width, left + frameWidth);
        height = Math.max(height, top + frameHeight);
    }

    /** A picture that is no animation. */
    static Canvas of(int width, int height) {
        return new Canvas(width, height, 0, 0, 0, width, height);
    }

    /** A canvas whose frame is still unknown. */
    static Canvas empty(int width, int height, int background) {
        return new Canvas(width, height, background, 0, 0, 0, 0);
    }

    /** This canvas with a frame. */
    Canvas with(int left, int top, int frameWidth, int frameHeight) {
        return new Canvas(width, height, background, left, top, frameWidth, frameHeight);
    }

    /** The canvas and its frame as RGB, and up to four bytes a pixel of a reader. */
    long memory() {
        return 10L * width * height;
    }

    /** The whole canvas with its frame. */
    DecodedImage place(DecodedImage frame) throws ImageException {
        if (frame.width() != frameWidth || frame.height() != frameHeight) {
            throw new ImageException("damaged: the frame has another size than its header says");
        }
        if (frameWidth == width && frameHeight == height) {
            return frame;
        }
        var whole = new DecodedImage(frame.channels(), height, width);
        for (int channel = 0; channel < frame.channels(); channel++) {
            int level = background >> 16 - 8 * channel;
            Arrays.fill(whole.pixels(), channel * whole.area(), (channel + 1) * whole.area(), (byte) level);
            for (int y = 0; y < frameHeight; y++) {
                System.arraycopy(frame.pixels(), channel * frame.area() + y * frameWidth,
                        whole.pixels(), channel * whole.area() + (top + y) * width + left, frameWidth);
            }
        }
        return whole;
    }
}
