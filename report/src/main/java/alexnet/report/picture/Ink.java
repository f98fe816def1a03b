package alexnet.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Colours, letters and pens that all pictures share. */
final class Ink {

    static final Color PAPER = Color.WHITE;
    static final Color TEXT = new Color(0x22, 0x22, 0x22);
    static final Color SOFT = new Color(0x66, 0x66, 0x66);
    static final Color LINE = new Color(0xDD, 0xDD, 0xDD);
    static final Color BLUE = new Color(0x00, 0x72, 0xB2);
    static final Color VERMILION = new Color(0xD5, 0x5E, 0x00);
    static final Color GREY = new Color(0xB8, 0xB8, 0xB8);
    /** Told apart also by those who see few colours (Okabe and Ito). */
    static final Color[] COLOURS = {BLUE, new Color(0xE6, 0x9F, 0x00), new Color(0x00, 0x9E, 0x73), new Color(0xCC, 0x79, 0xA7),
        new Color(0x56, 0xB4, 0xE9), VERMILION};
    static final BasicStroke FULL = new BasicStroke(2.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHED = new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {9, 6}, 0);
    static final BasicStroke DOTTED = new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {3, 4}, 0);
    static final BasicStroke THIN = new BasicStroke(1);

    private Ink() {
    }

    /** Whether text can be drawn: Java brings no fonts, and servers often have none. */
    static boolean hasFonts() {
        Graphics2D graphics = pen(paper(1, 1));
        try {
            return graphics.getFontMetrics(plain(12)).stringWidth("a") > 0;
        } catch (RuntimeException | Error none) {
            // Missing fonts and missing libraries are told by errors of several kinds, one of them plain Error.
            if (none instanceof OutOfMemoryError memory) {
                throw memory;
            }
            return false;
        } finally {
            graphics.dispose();
        }
    }

    static Font plain(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    static Font bold(int size) {
        return new Font(Font.SANS_SERIF, Font.BOLD, size);
    }

    static BufferedImage paper(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }

    static Graphics2D pen(BufferedImage image) {
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setColor(TEXT);
        return graphics;
    }

    /** Writes text that ends in an ellipsis where it would be wider than {@code width}; {@code y} is its base line. */
    static void text(Graphics2D graphics, String text, Font font, Color colour, int x, int y, int width) {
        graphics.setFont(font);
        graphics.setColor(colour);
        graphics.drawString(fitting(graphics, text, width), x, y);
    }

    /** Writes a title, and below it what else is to be said. */
    static void head(Graphics2D graphics, String title, String about, int margin, int width) {
        text(graphics, title, bold(26), TEXT, margin, 50, width - 2 * margin);
        text(graphics, about, plain(17), SOFT, margin, 80, width - 2 * margin);
    }

    private static String fitting(Graphics2D graphics, String text, int width) {
        if (graphics.getFontMetrics().stringWidth(text) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && graphics.getFontMetrics().stringWidth(text.substring(0, end) + "…") > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }
}
