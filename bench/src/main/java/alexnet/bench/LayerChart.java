package alexnet.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler;

import alexnet.core.network.Layer;
import alexnet.core.picture.Png;
import alexnet.core.profile.StepProfile.Work;

/** Bars of the time that each layer takes in a training step, device beside device: forward above, backward below. */
public final class LayerChart {

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 460;
    private static final double MILLIS = 1e3;
    private static final Color GRID = new Color(0xDD, 0xDD, 0xDD);
    /** Told apart also by those who see few colours (Okabe and Ito). */
    private static final Color[] COLOURS = {new Color(0x00, 0x72, 0xB2), new Color(0xE6, 0x9F, 0x00), new Color(0x00, 0x9E, 0x73),
        new Color(0xCC, 0x79, 0xA7), new Color(0x56, 0xB4, 0xE9), new Color(0xD5, 0x5E, 0x00)};

    private LayerChart() {
    }

    /**
     * The bytes of a PNG file.
     *
     * @param outcomes at least one of which knows its parts
     */
    public static byte[] png(List<Outcome> outcomes) {
        List<Outcome> known = outcomes.stream().filter(outcome -> !outcome.steps().isEmpty()).toList();
        Plan plan = known.getFirst().plan();
        String of = String.format(Locale.ROOT, "%s, training step of %d images", plan.architecture().name(), plan.batchSize());
        BufferedImage image = new BufferedImage(WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart(of + ": forward", known, Work.FORWARD).paint(graphics, WIDTH, HEIGHT);
        graphics.translate(0, HEIGHT);
        chart(of + ": backward and update", known, Work.BACKWARD).paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        return Png.bytes(image);
    }

    private static CategoryChart chart(String title, List<Outcome> outcomes, Work work) {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).yAxisTitle("milliseconds").build();
        CategoryStyler styler = chart.getStyler();
        styler.setAvailableSpaceFill(0.75);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setYAxisDecimalPattern("#,##0.##");
        styler.setYAxisMin(0.0);
        styler.setPlotBorderVisible(false);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.InsideNE);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setSeriesColors(COLOURS);
        for (Outcome outcome : outcomes) {
            Map<String, Double> millis = new LinkedHashMap<>();
            layers(outcome).forEach(layer -> millis.put(layer, 0.0));
            outcome.parts().stream().filter(part -> part.work() == work)
                    .forEach(part -> millis.put(part.name(), part.seconds().median() * MILLIS));
            String device = outcome.identity().device() + " (" + outcome.identity().name() + ")";
            // The same devices may be measured twice; then their bars show how much times vary.
            String series = chart.getSeriesMap().containsKey(device) ? (chart.getSeriesMap().size() + 1) + ": " + device : device;
            chart.addSeries(series, new ArrayList<>(millis.keySet()), new ArrayList<>(millis.values()));
        }
        return chart;
    }

    private static List<String> layers(Outcome outcome) {
        return outcome.plan().architecture().layers().stream().map(Layer::name).toList();
    }
}
