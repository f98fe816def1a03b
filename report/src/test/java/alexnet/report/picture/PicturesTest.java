package alexnet.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.node.MissingNode;

import alexnet.core.evaluation.ClassAccuracy;
import alexnet.core.picture.Png;
import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.Metrics;
import alexnet.report.Findings;
import alexnet.report.Findings.Confusion;
import alexnet.report.Findings.Guess;
import alexnet.report.Findings.LayerTime;
import alexnet.report.Findings.Neighbour;
import alexnet.report.Findings.Neighbours;
import alexnet.report.Findings.Photograph;
import alexnet.report.Findings.Prediction;
import alexnet.report.ReportedRun;
import alexnet.report.RunData;
import alexnet.report.StepCurves;

class PicturesTest {

    private static final Set<String> CURVES = Set.of("loss.png", "accuracy.png", "rate.png", "speed.png", "waiting.png");
    private static final Set<String> FOUND = Set.of("filters.png", "predictions.png", "neighbours.png", "confusion.png", "classes.png", "layers.png");

    @BeforeEach
    void letters() {
        assumeTrue(Pictures.possible(), "this machine has no fonts");
    }

    private static RunData run(String name, int steps) {
        StepCurves curves = new StepCurves();
        for (int step = 1; step <= steps; step++) {
            curves.add(step, 2 + Math.sin(step), step < steps / 2 ? 0.01 : 0.001, 50, 0.1);
        }
        List<RunData.Measured> measured = IntStream.rangeClosed(1, 10).mapToObj(i ->
                new RunData.Measured(new Metrics(i * steps / 10, i, 0.01, 2.0 / i, 2.5 / i, 0.05 * i, 0.09 * i), 40 + i, 10)).toList();
        return new RunData(name, steps, 10, 0.2, "", MissingNode.getInstance(), MissingNode.getInstance(), curves, measured, List.of(), List.of(), List.of());
    }

    private static Photograph photograph(String className, int rgb, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, rgb);
        }
        return new Photograph("a folder/a file.png", className, "data:image/png;base64," + Base64.getEncoder().encodeToString(Png.bytes(image)));
    }

    private static Findings findings(int classes) {
        Random random = new Random(3);
        float[] weights = new float[96 * 3 * 11 * 11];
        IntStream.range(0, weights.length).forEach(i -> weights[i] = (float) random.nextGaussian());
        Photograph red = photograph("a class of a name that is far too long to be drawn below a photograph in full", 0xC02010, 160, 120);
        Photograph blue = photograph("<b>bold</b>", 0x1030C0, 28, 28);
        return new Findings("best.safetensors", Optional.of(new FilterBank(weights, 96, 3, 11)),
                List.of(new Prediction(red, List.of(new Guess(red.className(), 0.93), new Guess("<b>bold</b>", 0.05))),
                        new Prediction(blue, List.of(new Guess("other", 0.5), new Guess("<b>bold</b>", 0.4)))),
                List.of(new Neighbours(red, List.of(new Neighbour(red, 1.5), new Neighbour(blue, 2000)))),
                List.of(new Confusion("one", "other", 3, 12, List.of(red, blue))),
                IntStream.range(0, classes).mapToObj(c -> new ClassAccuracy("class " + c, c == 3 ? 0 : 5, c == 3 ? Double.NaN : c / (double) classes, c == 3 ? Double.NaN : 1)).toList(),
                List.of(new LayerTime("conv1", 5, 9), new LayerTime("norm1", 1, 2)), List.of(), List.of());
    }

    private static BufferedImage decode(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static long of(BufferedImage image, int rgb) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF) == rgb).count();
    }

    @Test
    void everyFigureIsAPictureThatShowsSomething() {
        Map<String, byte[]> pictures = Pictures.of(List.of(new ReportedRun(run("run", 200), findings(9))));
        Set<String> all = new TreeSet<>(CURVES);
        all.addAll(FOUND);
        assertEquals(all, new TreeSet<>(pictures.keySet()));
        for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
            BufferedImage image = decode(picture.getValue());
            long paper = of(image, 0xFFFFFF);
            long pixels = (long) image.getWidth() * image.getHeight();
            assertTrue(image.getWidth() >= 600 && image.getHeight() >= 250, picture.getKey());
            assertTrue(paper > pixels / 20 && paper < pixels * 0.995, picture.getKey() + " is " + 100 * paper / pixels + " % paper");
        }
        // What is known to be there: the photographs, the bars of a series, and a curve of the first colour.
        assertTrue(of(decode(pictures.get("predictions.png")), 0xC02010) > 30_000);
        assertTrue(of(decode(pictures.get("neighbours.png")), 0x1030C0) > 15_000);
        assertTrue(of(decode(pictures.get("confusion.png")), 0x1030C0) > 15_000);
        assertTrue(of(decode(pictures.get("layers.png")), 0x0072B2) > 10_000);
        assertTrue(of(decode(pictures.get("accuracy.png")), 0x0072B2) > 500);
    }

    @Test
    void filtersAreDrawnAsTheirPixels() {
        float[] weights = {-1, 1, 0, 0, /* its second filter: */ 3, 3, 3, 3};
        BufferedImage sheet = FilterSheet.of(new FilterBank(weights, 2, 1, 2), "model");
        // Black, white, grey and grey; a filter without contrast is grey, on the other group's half.
        assertEquals(0x000000, sheet.getRGB(45, 145) & 0xFFFFFF);
        assertEquals(0xFFFFFF, sheet.getRGB(45 + 40, 145) & 0xFFFFFF);
        assertEquals(0x808080, sheet.getRGB(45, 145 + 40) & 0xFFFFFF);
        assertEquals(0x808080, sheet.getRGB(40 + 660 + 5, 145) & 0xFFFFFF);
    }

    @Test
    void severalRunsShareTheirCurvesAndHaveTheirOwnFindings() {
        Map<String, byte[]> pictures = Pictures.of(List.of(new ReportedRun(run("one", 200), findings(100)),
                new ReportedRun(run("one", 9000), Findings.none("no checkpoint"))));
        assertTrue(pictures.keySet().containsAll(CURVES));
        assertTrue(pictures.containsKey("1-classes.png") && !pictures.containsKey("2-classes.png") && !pictures.containsKey("classes.png"));
        BufferedImage accuracy = decode(pictures.get("accuracy.png"));
        assertTrue(of(accuracy, 0x0072B2) > 500 && of(accuracy, 0xE69F00) > 500, "a run's curve is missing");
    }

    @Test
    void nothingToShowIsNoPicture() {
        RunData empty = new RunData("run", 0, 0, Double.NaN, "", MissingNode.getInstance(), MissingNode.getInstance(), new StepCurves(), List.of(), List.of(),
                List.of(), List.of());
        assertEquals(Map.of(), Pictures.of(List.of(new ReportedRun(empty, Findings.none("nothing")))));
    }
}
