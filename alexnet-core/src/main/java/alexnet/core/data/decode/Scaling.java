package alexnet.core.data.decode;

import alexnet.core.data.Preprocessing;
import alexnet.core.data.Resize;

/**
 * What an image is scaled to, before the centre is kept.
 *
 * @param height       rows of the image
 * @param width        columns of the image
 * @param scaledHeight rows that it is scaled to
 * @param scaledWidth  columns that it is scaled to
 */
record Scaling(int height, int width, long scaledHeight, long scaledWidth) {

    static Scaling of(int height, int width, Preprocessing preprocessing) {
        int rows = preprocessing.size().height();
        int columns = preprocessing.size().width();
        if (preprocessing.resize() == Resize.SQUASH) {
            return new Scaling(height, width, rows, columns);
        }
        if ((long) width * rows >= (long) height * columns) {
            return new Scaling(height, width, rows, (long) width * rows / height);
        }
        return new Scaling(height, width, (long) height * columns / width, columns);
    }

    /** Whether one of {@code factor} rows and columns still makes {@code times} what it is scaled to. */
    boolean leaves(int times, int factor) {
        return height / factor >= times * scaledHeight && width / factor >= times * scaledWidth;
    }
}
