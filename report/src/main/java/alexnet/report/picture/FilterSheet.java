package alexnet.report.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

import alexnet.core.network.Architecture;
import alexnet.core.run.event.FilterBank;
import alexnet.report.FilterPixels;

/** The filters of the first layer as in the paper's figure 3, the groups side by side. */
final class FilterSheet {

    private static final int COLUMNS = 8;
    private static final int GROUP_WIDTH = 620;
    private static final int GAP = 4;
    private static final int MARGIN = 40;
    private static final int HEAD = 140;

    private FilterSheet() {
    }

    static BufferedImage of(FilterBank bank, String model) {
        int each = bank.filters() / Architecture.GROUPS;
        int cell = GROUP_WIDTH / COLUMNS;
        int rows = Math.ceilDiv(each, COLUMNS);
        BufferedImage image = Ink.paper(MARGIN + Architecture.GROUPS * (GROUP_WIDTH + MARGIN), HEAD + rows * cell + MARGIN);
        Graphics2D graphics = Ink.pen(image);
        Ink.head(graphics, "Filters of the first layer: " + model, bank.filters() + " of " + bank.size() + " × " + bank.size() + " × " + bank.channels() + ", each stretched to"
                + " its own range", MARGIN, image.getWidth());
        for (int group = 0; group < Architecture.GROUPS; group++) {
            int left = MARGIN + group * (GROUP_WIDTH + MARGIN);
            Ink.text(graphics, "group " + (group + 1) + ", filters " + (group * each + 1) + " to " + (group + 1) * each, Ink.plain(20), Ink.SOFT, left, HEAD - 18,
                    GROUP_WIDTH);
            for (int i = 0; i < each; i++) {
                draw(graphics, bank, group * each + i, left + i % COLUMNS * cell, HEAD + i / COLUMNS * cell, cell - GAP);
            }
        }
        graphics.dispose();
        return image;
    }

    private static void draw(Graphics2D graphics, FilterBank bank, int filter, int x, int y, int size) {
        BufferedImage pixels = new BufferedImage(bank.size(), bank.size(), BufferedImage.TYPE_INT_RGB);
        pixels.setRGB(0, 0, bank.size(), bank.size(), FilterPixels.rgb(bank, filter), 0, bank.size());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.drawImage(pixels, x, y, size, size, Color.WHITE, null);
    }
}
