package alexnet.report.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

import javax.imageio.ImageIO;

import alexnet.report.Findings.Photograph;

/** Draws photographs. */
final class Print {

    private Print() {
    }

    /** Draws a photograph in the middle of a square, as large as fits; a few pixels stay pixels. */
    static void draw(Graphics2D graphics, Photograph photograph, int x, int y, int side) {
        BufferedImage image = decode(photograph);
        double scale = (double) side / Math.max(image.getWidth(), image.getHeight());
        int width = (int) Math.round(scale * image.getWidth());
        int height = (int) Math.round(scale * image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, scale > 2 ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, x + (side - width) / 2, y + (side - height) / 2, width, height, null);
    }

    private static BufferedImage decode(Photograph photograph) {
        try {
            return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(photograph.image().substring(photograph.image().indexOf(',') + 1))));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
