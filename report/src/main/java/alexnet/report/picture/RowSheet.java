package alexnet.report.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import alexnet.report.Findings.Confusion;
import alexnet.report.Findings.Neighbours;
import alexnet.report.Findings.Photograph;

/** Rows of photographs, each behind what it is about: neighbours and confused classes. */
final class RowSheet {

    /** @param marked whether it is of another class than its row */
    private record Tile(Photograph photograph, String caption, boolean marked) {
    }

    private record Row(List<String> about, Optional<Photograph> query, List<Tile> tiles) {
    }

    private static final int TILE = 160;
    private static final int GAP = 14;
    private static final int CAPTION = 30;
    private static final int ROW = TILE + CAPTION + 16;
    private static final int ABOUT = 330;
    private static final int MARGIN = 30;
    private static final int HEAD = 110;
    private static final int FRAME = 4;
    /** As many as fit below a tile. */
    private static final int LETTERS = 18;

    private RowSheet() {
    }

    /** Each photograph with those nearest to it. */
    static BufferedImage neighbours(List<Neighbours> neighbours, String model) {
        return sheet("Nearest neighbours: " + model, "A validation photograph, then the training photographs whose activations in the last hidden layer are"
                + " nearest; ≠ another class", neighbours.stream().map(each ->
                new Row(List.of(each.query().className()), Optional.of(each.query()), each.nearest().stream().map(near -> {
                    boolean other = !near.photograph().className().equals(each.query().className());
                    return new Tile(near.photograph(), String.format(Locale.ROOT, "%.3g  %s%s", near.distance(), other ? "≠ " : "", near.photograph().className()), other);
                }).toList())).toList());
    }

    /** Pairs of classes with some of the images that are taken for the other. */
    static BufferedImage confusions(List<Confusion> confusions, String model) {
        return sheet("Most confused classes: " + model, "Validation images that are taken for another class", confusions.stream().map(each ->
                new Row(List.of(each.trueClass(), "taken for", each.predicted(),
                        String.format(Locale.ROOT, "%,d of %,d images, %.1f %%", each.count(), each.images(), 100.0 * each.count() / each.images())), Optional.empty(),
                        each.examples().stream().map(photograph -> new Tile(photograph, end(photograph.name()), false)).toList())).toList());
    }

    /** Of a path the part that tells files apart. */
    private static String end(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        int letters = file.codePointCount(0, file.length());
        return letters <= LETTERS ? file : "…" + file.substring(file.offsetByCodePoints(0, letters - LETTERS));
    }

    private static BufferedImage sheet(String title, String about, List<Row> rows) {
        int tiles = rows.stream().mapToInt(row -> row.tiles.size()).max().orElse(0);
        int left = rows.stream().anyMatch(row -> row.query.isPresent()) ? TILE + 3 * GAP : ABOUT;
        BufferedImage image = Ink.paper(2 * MARGIN + left + Math.max(3, tiles) * (TILE + GAP), HEAD + rows.size() * ROW + MARGIN / 2);
        Graphics2D graphics = Ink.pen(image);
        Ink.head(graphics, title, about, MARGIN, image.getWidth());
        for (int i = 0; i < rows.size(); i++) {
            draw(graphics, rows.get(i), HEAD + i * ROW, left);
        }
        graphics.dispose();
        return image;
    }

    private static void draw(Graphics2D graphics, Row row, int y, int left) {
        if (row.query.isPresent()) {
            Print.draw(graphics, row.query.get(), MARGIN, y, TILE);
            Ink.text(graphics, row.about.getFirst(), Ink.bold(15), Ink.TEXT, MARGIN, y + TILE + 20, TILE + GAP);
            graphics.setColor(Ink.LINE);
            graphics.fillRect(MARGIN + TILE + 3 * GAP / 2, y, 2, TILE);
        } else {
            graphics.setColor(Ink.LINE);
            graphics.fillRect(MARGIN, y - 8, left - 2 * GAP, 1);
            for (int line = 0; line < row.about.size(); line++) {
                Ink.text(graphics, row.about.get(line), line % 2 == 0 ? Ink.bold(19) : Ink.plain(16), line % 2 == 0 ? Ink.TEXT : Ink.SOFT, MARGIN, y + 32 + 32 * line,
                        left - 2 * GAP);
            }
        }
        int x = MARGIN + left;
        for (Tile tile : row.tiles) {
            Print.draw(graphics, tile.photograph, x, y, TILE);
            if (tile.marked) {
                graphics.setColor(Ink.VERMILION);
                graphics.fillRect(x, y + TILE - FRAME, TILE, FRAME);
            }
            Ink.text(graphics, tile.caption, Ink.plain(14), tile.marked ? Ink.VERMILION.darker() : Ink.TEXT, x, y + TILE + 20, TILE);
            x += TILE + GAP;
        }
    }
}
