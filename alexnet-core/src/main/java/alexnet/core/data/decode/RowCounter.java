package alexnet.core.data.decode;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;
import java.awt.image.BufferedImage;

/** Counts the rows that a reader fills: that of GIFs leaves black what is missing and says nothing. */
final class RowCounter implements IIOReadUpdateListener {

    int rows;

    @Override
    public void imageUpdate(ImageReader source, BufferedImage image, int minX, int minY, int width, int height, int periodX,
                            int periodY, int[] bands) {
        rows++;
    }

    @Override
    public void passStarted(ImageReader source, BufferedImage image, int pass, int minPass, int maxPass, int minX, int minY,
                            int periodX, int periodY, int[] bands) {
    }

    @Override
    public void passComplete(ImageReader source, BufferedImage image) {
    }

    @Override
    public void thumbnailPassStarted(ImageReader source, BufferedImage image, int pass, int minPass, int maxPass, int minX,
                                     int minY, int periodX, int periodY, int[] bands) {
    }

    @Override
    public void thumbnailUpdate(ImageReader source, BufferedImage image, int minX, int minY, int width, int height, int periodX,
                                int periodY, int[] bands) {
    }

    @Override
    public void thumbnailPassComplete(ImageReader source, BufferedImage image) {
    }
}
