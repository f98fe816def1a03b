package alexnet.kernels.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import alexnet.bench.KernelBenchmarks;

/** Hands a selection on to JMH. */
public final class JmhBenchmarks implements KernelBenchmarks {

    @Override
    public void list(Selection selection, PrintWriter out) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream before = System.out;
        // JMH lists to standard output alone, with the package's name.
        System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
        try {
            new Runner(options(selection).build()).list();
        } finally {
            System.setOut(before);
        }
        String prefix = getClass().getPackageName() + ".";
        text.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith(prefix)).sorted()
                .forEach(line -> out.println(line.substring(prefix.length())));
        out.flush();
    }

    @Override
    public void run(Selection selection) {
        try {
            new Runner(options(selection).build()).run();
        } catch (NoBenchmarksException none) {
            throw new IllegalArgumentException("no benchmark is called like " + String.join(", ", selection.names())
                    + "; --list tells their names", none);
        } catch (RunnerException failed) {
            throw new IllegalStateException("a benchmark failed: " + failed.getMessage(), failed);
        }
    }

    private static ChainedOptionsBuilder options(Selection selection) {
        ChainedOptionsBuilder options = new OptionsBuilder().param("images", String.valueOf(selection.images()))
                .param("kernels", selection.kernels()).param("convolution", selection.convolution().name()).shouldFailOnError(true);
        selection.names().forEach(options::include);
        options.param("device", selection.devices().toArray(String[]::new));
        if (selection.report() != null) {
            options.resultFormat(ResultFormatType.JSON).result(selection.report().toString());
        }
        return options.warmupTime(TimeValue.seconds(selection.seconds())).measurementTime(TimeValue.seconds(selection.seconds()));
    }
}
