package alexnet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import alexnet.kernels.Pass;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A contest for spreadsheets: a line a measured time. Whole batches have {@code step} for a part and the pass for the work;
 * what follows are the parts of training steps. Cells are empty where there is nothing to tell.
 */
public final class CsvReport {

    private CsvReport() {
    }

    /** The bytes of the file. */
    public static byte[] of(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setHeader("engine", "device", "architecture", "batchSize",
                "part", "work", "seconds", "minimumSeconds", "maximumSeconds", "imagesPerSecond", "gflops", "shareOfStep", "convolution", "algorithms").get();
        try (CSVPrinter csv = new CSVPrinter(text, format)) {
            for (Outcome outcome : outcomes) {
                for (alexnet.bench.Pass pass : outcome.times().keySet()) {
                    print(csv, outcome, "step", pass.label(), outcome.seconds(pass), outcome.imagesPerSecond(pass).median(),
                            outcome.gflops(pass), null, "");
                }
                for (Outcome.PartTime part : outcome.parts()) {
                    print(csv, outcome, part.name(), part.work().name().toLowerCase(Locale.ROOT), part.seconds(), null,
                            Double.isNaN(part.gflops()) ? null : part.gflops(), part.share(), algorithms(outcome, part));
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What computes it: of the way back, the gradient by the input and that by the weights. */
    private static String algorithms(Outcome outcome, Outcome.PartTime part) {
        return outcome.identity().layers().stream().filter(layer -> layer.layer().equals(part.name())).findFirst().map(layer -> switch (part.work()) {
            case FORWARD -> layer.algorithm(Pass.FORWARD).orElseThrow();
            case BACKWARD -> Stream.of(Pass.INPUT_GRADIENT, Pass.WEIGHT_GRADIENT).map(layer::algorithm).flatMap(Optional::stream)
                    .collect(Collectors.joining(" | "));
            case UPLOAD, DOWNLOAD, EXCHANGE, WAITING -> "";
        }).orElse("");
    }

    private static void print(CSVPrinter csv, Outcome outcome, String part, String work, Spread seconds, Double imagesPerSecond,
                              Double gflops, Double share, String algorithms) throws IOException {
        csv.printRecord(outcome.identity().engine(), outcome.identity().device(), outcome.plan().architecture().name(),
                outcome.plan().batchSize(), part, work, seconds.median(), seconds.minimum(), seconds.maximum(), imagesPerSecond, gflops, share,
                outcome.identity().convolution(), algorithms);
    }
}
