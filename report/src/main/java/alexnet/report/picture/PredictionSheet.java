package alexnet.report.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

import alexnet.report.Findings.Guess;
import alexnet.report.Findings.Prediction;

/** Photographs with the likeliest classes below, as in the paper's figure 4. */
final class PredictionSheet {

    private static final int COLUMNS = 4;
    private static final int PHOTOGRAPH = 240;
    private static final int COLUMN = 340;
    private static final int BAR = 28;
    private static final int TITLE = 40;
    private static final int MARGIN = 30;
    private static final int HEAD = 110;
    private static final int NUMBER = 64;

    private PredictionSheet() {
    }

    static BufferedImage of(List<Prediction> predictions, String model) {
        int guesses = predictions.stream().mapToInt(prediction -> prediction.guesses().size()).max().orElse(0);
        int row = PHOTOGRAPH + TITLE + guesses * BAR + MARGIN;
        int columns = Math.min(COLUMNS, predictions.size());
        BufferedImage image = Ink.paper(MARGIN + columns * (COLUMN + MARGIN), HEAD + Math.ceilDiv(predictions.size(), COLUMNS) * row);
        Graphics2D graphics = Ink.pen(image);
        Ink.head(graphics, "What the network sees: " + model, "Below each validation photograph its class, and the likeliest classes with their probabilities: bold and blue the right"
                + " one", MARGIN, image.getWidth());
        for (int i = 0; i < predictions.size(); i++) {
            draw(graphics, predictions.get(i), MARGIN + i % COLUMNS * (COLUMN + MARGIN), HEAD + i / COLUMNS * row);
        }
        graphics.dispose();
        return image;
    }

    private static void draw(Graphics2D graphics, Prediction prediction, int x, int y) {
        String right = prediction.photograph().className();
        Print.draw(graphics, prediction.photograph(), x + (COLUMN - PHOTOGRAPH) / 2, y, PHOTOGRAPH);
        Ink.text(graphics, right, Ink.bold(18), Ink.TEXT, x, y + PHOTOGRAPH + 26, COLUMN);
        int top = y + PHOTOGRAPH + TITLE;
        for (Guess guess : prediction.guesses()) {
            boolean isRight = guess.className().equals(right);
            int width = (int) Math.round(guess.probability() * (COLUMN - NUMBER));
            // Light, so that letters can be read on it; the right class is told by bold letters, too.
            graphics.setColor(isRight ? new Color(0x9A, 0xCB, 0xEA) : Ink.LINE);
            graphics.fillRect(x, top, Math.max(2, width), BAR - 4);
            Ink.text(graphics, guess.className(), isRight ? Ink.bold(16) : Ink.plain(16), Ink.TEXT, x + 6, top + 18, COLUMN - NUMBER - 6);
            Ink.text(graphics, String.format(Locale.ROOT, "%.1f %%", 100 * guess.probability()), isRight ? Ink.bold(16) : Ink.plain(16), Ink.TEXT,
                    x + COLUMN - NUMBER + 4, top + 18, NUMBER);
            top += BAR;
        }
    }
}
