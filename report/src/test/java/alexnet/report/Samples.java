package alexnet.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import alexnet.core.evaluation.ClassAccuracy;
import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.LayerMeasures;
import alexnet.core.run.event.Metrics;
import alexnet.report.Findings.Confusion;
import alexnet.report.Findings.Guess;
import alexnet.report.Findings.LayerTime;
import alexnet.report.Findings.Neighbour;
import alexnet.report.Findings.Neighbours;
import alexnet.report.Findings.Photograph;
import alexnet.report.Findings.Prediction;
import alexnet.report.RunData.Measured;

/** Runs for tests, with the names that users give. */
final class Samples {

    /** Of classes and files: what would run as a script, what turns the direction of writing, what is long, what is rare. */
    static final List<String> NAMES = List.of("</script><img src=x onerror=\"window.hacked=1\">", "שלום \u202Eevil", "🍕🧑🏽\u200D🍳 pizza", "<!-- & ' \" `${1}",
            "a-very-long-name-".repeat(20), "@DATA@ @SCRIPT@", "line\nbreak\u2028\u0000", "plain");

    private Samples() {
    }

    /** A run of that many steps, an epoch each hundred. */
    static RunData run(String name, int steps) {
        Random random = new Random(steps);
        StepCurves curves = new StepCurves();
        Measurements measurements = new Measurements();
        for (int step = 1; step <= steps; step++) {
            double loss = 0.3 + 2 * Math.exp(-3.0 * step / steps);
            curves.add(step, loss * (1 + 0.2 * random.nextGaussian()), 0.01 * (1 - (double) step / steps), 900 + 50 * random.nextGaussian(),
                    0.1 * random.nextDouble());
            if (step % 100 == 0) {
                measurements.add(new Measured(new Metrics(step, step / 100.0, 0.01, loss, loss * 1.1, 1 - loss / 3, 1 - loss / 9), 900, 7));
            }
        }
        ObjectNode config = new ObjectMapper().createObjectNode().put("--lr", 0.01).put("data", NAMES.getFirst());
        NAMES.forEach(config.putArray("classes")::add);
        return new RunData(name, steps, 100, 0.2, "", config, MissingNode.getInstance(), curves, measurements.list(),
                List.of(new LayerMeasures("conv1", null, null, 0.001, 0.25)), List.of("warning " + NAMES.getFirst()), List.of());
    }

    /** All that can be found out about a network. */
    static Findings findings() {
        float[] weights = new float[96 * 3 * 11 * 11];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.sin(0.01 * i * (1 + i / 363 % 7));
        }
        List<Photograph> photographs = IntStream.range(0, NAMES.size()).mapToObj(i -> new Photograph("folder/" + NAMES.get(i) + ".jpg", NAMES.get(i),
                image(i))).toList();
        List<Guess> guesses = IntStream.range(0, 5).mapToObj(i -> new Guess(NAMES.get(i), 0.6 / (i + 1))).toList();
        return new Findings("best.safetensors", Optional.of(new FilterBank(weights, 96, 3, 11)),
                photographs.stream().map(photograph -> new Prediction(photograph, guesses)).toList(),
                photographs.stream().limit(3).map(query -> new Neighbours(query, photographs.stream().map(near -> new Neighbour(near, 12.5)).toList())).toList(),
                List.of(new Confusion(NAMES.get(0), NAMES.get(1), 40, 100, photographs), new Confusion(NAMES.get(4), NAMES.get(3), 9, 100, photographs)),
                Stream.concat(NAMES.stream(), IntStream.range(0, 60).mapToObj(i -> "class " + i)).map(name -> new ClassAccuracy(name, 100,
                        Math.abs(name.hashCode() % 100) / 100.0, 1)).toList(),
                List.of(new LayerTime("conv1", 12, 30), new LayerTime("fc8", 0.5, 1)), List.of("a note " + NAMES.getFirst()), List.of("left out " + NAMES.getFirst()));
    }

    private static String image(int number) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 256; pixel++) {
            image.setRGB(pixel % 16, pixel / 16, pixel * (number + 1) * 4099);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
