package alexnet.report.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;

import alexnet.core.picture.Png;
import alexnet.report.Findings;
import alexnet.report.ReportedRun;
import alexnet.report.RunData;

/** The figures of a page as PNG files. */
public final class Pictures {

    private static final Pattern NAME =
            Pattern.compile("(loss|accuracy|rate|speed|waiting|([0-9]+-)?(filters|predictions|neighbours|confusion|classes|layers))\\.png");

    private Pictures() {
    }

    /** Whether pictures can be drawn here: they have words, and a machine may lack fonts. */
    public static boolean possible() {
        return Ink.hasFonts();
    }

    /** Whether a file's name is one that a picture may have. */
    public static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Draws all figures for which there is something to draw.
     *
     * @return the bytes of PNG files by their names, such as {@code loss.png}; of several runs the name of a figure of what one has learnt
     *         begins with the run's number, from 1
     */
    public static Map<String, byte[]> of(List<ReportedRun> runs) {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        List<RunData> data = runs.stream().map(ReportedRun::data).toList();
        Map<String, XYChart> curves = new LinkedHashMap<>();
        curves.put("loss.png", CurveCharts.loss(data));
        curves.put("accuracy.png", CurveCharts.accuracy(data));
        curves.put("rate.png", CurveCharts.rate(data));
        curves.put("speed.png", CurveCharts.speed(data));
        curves.put("waiting.png", CurveCharts.waiting(data));
        curves.forEach((name, chart) -> {
            CurveCharts.roundSteps(chart);
            add(pictures, name, chart);
        });
        for (int run = 0; run < runs.size(); run++) {
            add(pictures, runs.size() == 1 ? "" : (run + 1) + "-", runs.get(run).findings());
        }
        return pictures;
    }

    private static void add(Map<String, byte[]> pictures, String prefix, Findings found) {
        String model = found.model();
        found.filters().ifPresent(bank -> pictures.put(prefix + "filters.png", Png.bytes(FilterSheet.of(bank, model))));
        if (!found.predictions().isEmpty()) {
            pictures.put(prefix + "predictions.png", Png.bytes(PredictionSheet.of(found.predictions(), model)));
        }
        if (!found.neighbours().isEmpty()) {
            pictures.put(prefix + "neighbours.png", Png.bytes(RowSheet.neighbours(found.neighbours(), model)));
        }
        if (!found.confusions().isEmpty()) {
            pictures.put(prefix + "confusion.png", Png.bytes(RowSheet.confusions(found.confusions(), model)));
        }
        if (found.classes().stream().anyMatch(each -> each.images() > 0)) {
            add(pictures, prefix + "classes.png", BarCharts.classes(found.classes(), model));
        }
        if (!found.layers().isEmpty()) {
            add(pictures, prefix + "layers.png", BarCharts.layers(found.layers(), model));
        }
    }

    private static void add(Map<String, byte[]> pictures, String name, Chart<?, ?> chart) {
        if (!chart.getSeriesMap().isEmpty()) {
            BufferedImage image = Ink.paper(chart.getWidth(), chart.getHeight());
            Graphics2D graphics = Ink.pen(image);
            chart.paint(graphics, chart.getWidth(), chart.getHeight());
            graphics.dispose();
            pictures.put(name, Png.bytes(image));
        }
    }
}
