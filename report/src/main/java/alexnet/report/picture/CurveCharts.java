package alexnet.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

import alexnet.report.RunData;
import alexnet.report.RunData.Measured;
import alexnet.report.StepCurves.Quantity;

/** Curves of one or several runs. */
final class CurveCharts {

    private static final int WIDTH = 1400;
    private static final int HEIGHT = 760;
    private static final int FAINT = 110;
    private static final Marker[] MARKERS = {SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.TRIANGLE_DOWN, SeriesMarkers.CROSS};
    private static final double PERCENT = 100;
    /** XChart takes steps below a ten thousandth for equal ones. */
    private static final double MILLION = 1e6;
    /** More markers than this run into each other. */
    private static final int MARKED = 60;

    private CurveCharts() {
    }

    /** What all charts have in common. */
    static void style(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Ink.PAPER);
        styler.setChartFontColor(Ink.TEXT);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(Ink.LINE);
        styler.setChartTitleFont(Ink.bold(22));
        styler.setAxisTitleFont(Ink.plain(18));
        styler.setAxisTickLabelsFont(Ink.plain(16));
        styler.setLegendFont(Ink.plain(16));
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(Ink.PAPER);
        styler.setChartPadding(20);
    }

    /** Training and validation loss. */
    static XYChart loss(List<RunData> runs) {
        XYChart chart = chart("Loss", "cross-entropy (nats)");
        for (int run = 0; run < runs.size(); run++) {
            RunData data = runs.get(run);
            if (runs.size() == 1 && data.curves().knows(Quantity.LOSS)) {
                steps(chart, data, Quantity.LOSS, 1, "training, each step's batch", faint(Ink.COLOURS[1]));
            }
            measured(chart, runs, run, "training, mean between measurements", m -> m.metrics().trainingLoss(), Ink.DASHED, false);
            measured(chart, runs, run, "validation", m -> m.metrics().validationLoss(), Ink.FULL, true);
        }
        return chart;
    }

    /** Validation top-1 and top-5. */
    static XYChart accuracy(List<RunData> runs) {
        XYChart chart = chart("Accuracy", "share of validation images (%)");
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(100.0);
        for (int run = 0; run < runs.size(); run++) {
            measured(chart, runs, run, "top-1", m -> PERCENT * m.metrics().top1(), Ink.FULL, true);
            measured(chart, runs, run, "top-5", m -> PERCENT * m.metrics().top5(), Ink.DASHED, false);
            double baseline = runs.get(run).baseline();
            if (Double.isFinite(baseline)) {
                measured(chart, runs, run, "top-1 of always naming the largest class", _ -> PERCENT * baseline, Ink.DOTTED, false);
            }
        }
        return chart;
    }

    /** Learning rate. */
    static XYChart rate(List<RunData> runs) {
        XYChart chart = chart("Learning rate", "learning rate");
        chart.getStyler().setyAxisTickLabelsFormattingFunction(millionths -> number(millionths / MILLION));
        for (int run = 0; run < runs.size(); run++) {
            stepsOrMeasured(chart, runs, run, Quantity.LR, MILLION, "learning rate", m -> m.metrics().lr());
        }
        return chart;
    }

    /** Images a second. */
    static XYChart speed(List<RunData> runs) {
        XYChart chart = chart("Speed of training", "images a second");
        chart.getStyler().setYAxisMin(0.0);
        for (int run = 0; run < runs.size(); run++) {
            measured(chart, runs, run, "images a second, without validation", Measured::imagesPerSecond, Ink.FULL, true);
        }
        return chart;
    }

    /** Share of time that is spent waiting for images. */
    static XYChart waiting(List<RunData> runs) {
        XYChart chart = chart("Waiting for images", "share of a step's time (%)");
        chart.getStyler().setYAxisMin(0.0);
        for (int run = 0; run < runs.size(); run++) {
            stepsOrMeasured(chart, runs, run, Quantity.WAITING, PERCENT, "waiting for images", _ -> Double.NaN);
        }
        return chart;
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    }

    private static XYChart chart(String title, String y) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle("training step").yAxisTitle(y).build();
        style(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        chart.getStyler().setMarkerSize(9);
        chart.getStyler().setxAxisTickLabelsFormattingFunction(step -> String.format(Locale.ROOT, "%,.0f", step));
        chart.getStyler().setyAxisTickLabelsFormattingFunction(CurveCharts::number);
        chart.getStyler().setXAxisTickMarkSpacingHint(100);
        chart.getStyler().setXAxisMin(0.0);
        return chart;
    }

    private static void stepsOrMeasured(XYChart chart, List<RunData> runs, int run, Quantity quantity, double scale, String name,
                                        ToDoubleFunction<Measured> value) {
        if (runs.get(run).curves().knows(quantity)) {
            XYSeries series = steps(chart, runs.get(run), quantity, scale, name(runs, run, name), Ink.COLOURS[run % Ink.COLOURS.length]);
            if (series != null) {
                series.setLineStyle(dashes(run));
            }
        } else {
            measured(chart, runs, run, name, m -> scale * value.applyAsDouble(m), Ink.FULL, true);
        }
    }

    /** Curves without markers are told apart by their dashes. */
    private static BasicStroke dashes(int run) {
        return List.of(Ink.FULL, Ink.DASHED, Ink.DOTTED).get(run % 3);
    }

    private static XYSeries steps(XYChart chart, RunData run, Quantity quantity, double scale, String name, Color colour) {
        int[] told = IntStream.range(0, run.curves().size()).filter(point -> Double.isFinite(run.curves().mean(quantity, point))).toArray();
        return add(chart, name, IntStream.of(told).mapToDouble(run.curves()::step).toArray(),
                IntStream.of(told).mapToDouble(point -> scale * run.curves().mean(quantity, point)).toArray(), colour, Ink.THIN, SeriesMarkers.NONE);
    }

    private static void measured(XYChart chart, List<RunData> runs, int run, String name, ToDoubleFunction<Measured> value, BasicStroke stroke,
                                 boolean marked) {
        List<Measured> told = runs.get(run).measured().stream().filter(each -> Double.isFinite(value.applyAsDouble(each))).toList();
        add(chart, name(runs, run, name), told.stream().mapToDouble(each -> each.metrics().step()).toArray(), told.stream().mapToDouble(value).toArray(),
                colour(runs, run, stroke), stroke, marker(run, marked, told.size()));
    }

    /** A single point without a marker could not be seen. */
    private static Marker marker(int run, boolean marked, int points) {
        if (points > MARKED || !marked && points > 1) {
            return SeriesMarkers.NONE;
        }
        return marked ? MARKERS[run % MARKERS.length] : SeriesMarkers.PLUS;
    }

    private static String name(List<RunData> runs, int run, String name) {
        return runs.size() == 1 ? name : runs.get(run).name() + ": " + name;
    }

    /** Of several runs each has a colour, of one each kind of line. */
    private static Color colour(List<RunData> runs, int run, BasicStroke stroke) {
        return Ink.COLOURS[runs.size() == 1 ? List.of(Ink.FULL, Ink.DASHED, Ink.DOTTED).indexOf(stroke) : run % Ink.COLOURS.length];
    }

    private static Color faint(Color colour) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), FAINT);
    }

    /**
     * Has round numbers marked on the horizontal axis: where the data are equally spaced, XChart marks some of them, such as each
     * seventh. A point that cannot be seen is not where one would be.
     */
    static void roundSteps(XYChart chart) {
        double last = chart.getSeriesMap().values().stream().mapToDouble(series -> series.getXData()[series.getXData().length - 1]).max().orElse(0);
        if (last > 0) {
            double level = chart.getSeriesMap().values().iterator().next().getYData()[0];
            XYSeries unseen = chart.addSeries(" ", new double[] {0, last / Math.PI}, new double[] {level, level});
            unseen.setShowInLegend(false);
            unseen.setMarker(SeriesMarkers.NONE);
            unseen.setLineColor(new Color(0, true));
        }
    }

    private static XYSeries add(XYChart chart, String name, double[] x, double[] y, Color colour, BasicStroke stroke, Marker marker) {
        if (x.length == 0) {
            return null;
        }
        XYSeries series = chart.addSeries(chart.getSeriesMap().containsKey(name) ? name + " " + (chart.getSeriesMap().size() + 1) : name, x, y);
        series.setLineColor(colour);
        series.setMarkerColor(colour);
        series.setLineStyle(stroke);
        series.setMarker(marker);
        return series;
    }
}
