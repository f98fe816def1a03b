package alexnet.report.picture;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;

import alexnet.core.evaluation.ClassAccuracy;
import alexnet.report.Findings.LayerTime;

/** Bars of classes and of layers. */
final class BarCharts {

    private static final int WIDTH = 1400;
    private static final int HEIGHT = 760;
    /** More names cannot be read. */
    private static final int CLASSES = 40;
    private static final int LONGEST_NAME = 28;

    private BarCharts() {
    }

    /** Accuracy of each class; of many those that are told worst and best. */
    static CategoryChart classes(List<ClassAccuracy> all, String model) {
        List<ClassAccuracy> known = all.stream().filter(each -> each.images() > 0).sorted(Comparator.comparing(ClassAccuracy::top1)).toList();
        boolean some = known.size() > CLASSES;
        List<ClassAccuracy> shown = !some ? known : Stream.concat(known.stream().limit(CLASSES / 2), known.stream().skip(known.size() - CLASSES / 2)).toList();
        String which = some ? "the " + CLASSES / 2 + " classes of " + known.size() + " told worst, and the " + CLASSES / 2 + " told best" : "each class";
        List<String> names = new ArrayList<>();
        for (ClassAccuracy each : shown) {
            // Bars of classes whose cut names are the same would be one.
            String cut = cut(each.className());
            names.add(names.contains(cut) ? cut + " " + (names.size() + 1) : cut);
        }
        CategoryChart chart = chart("Accuracy of " + which + ", " + model, "class", "share of its validation images (%)");
        chart.addSeries("top-1", names, shown.stream().map(each -> 100 * each.top1()).toList());
        chart.addSeries("top-5", names, shown.stream().map(each -> 100 * each.top5()).toList());
        chart.getStyler().setYAxisMax(100.0);
        chart.getStyler().setXAxisLabelRotation(shown.size() > 5 ? 45 : 0);
        return chart;
    }

    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
    }

    /** Time of each layer in a training step. */
    static CategoryChart layers(List<LayerTime> times, String model) {
        List<String> names = times.stream().map(LayerTime::layer).toList();
        CategoryChart chart = chart("Time of each layer in a training step, " + model, "layer", "milliseconds a step");
        chart.addSeries("forward", names, times.stream().map(LayerTime::forwardMillis).toList());
        chart.addSeries("backward and update", names, times.stream().map(LayerTime::backwardMillis).toList());
        return chart;
    }

    private static CategoryChart chart(String title, String x, String y) {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle(x).yAxisTitle(y).build();
        CategoryStyler styler = chart.getStyler();
        CurveCharts.style(styler);
        styler.setAvailableSpaceFill(0.75);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setYAxisMin(0.0);
        // Light and dark as well: prints are often grey.
        styler.setSeriesColors(new Color[] {Ink.BLUE, Ink.COLOURS[1]});
        return chart;
    }
}
