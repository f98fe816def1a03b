package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.Tensor;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Partition;

/** Commands in several processes that the installed MPIs start. */
@SameOnEveryRuntime
class MpirunTest {

    private static final String OPEN_MPI = "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 exec mpirun.openmpi --oversubscribe --bind-to none -n 2 \"$@\"";
    private static final String MPICH = "exec mpirun.mpich -n 4 \"$@\"";
    private static final double TOLERANCE = 1e-6;
    /** Weights are small at first, and momenta and biases sums of gradients, whose terms nearly cancel. */
    private static final double TOLERANCE_OF_TENSORS = 2e-5;

    @TempDir
    private Path folder;

    @BeforeEach
    void assumeMpis() throws IOException {
        List<Path> path = Stream.of(System.getenv("PATH").split(":")).map(Path::of).toList();
        for (String launcher : List.of("mpirun.openmpi", "mpirun.mpich")) {
            assumeTrue(path.stream().anyMatch(each -> Files.isExecutable(each.resolve(launcher))), "there is no " + launcher + " (Debian: openmpi-bin, mpich)");
        }
    }

    private static Child.Result run(String script, Object... arguments) throws IOException, InterruptedException {
        Child.Result result = Child.run(script, List.of("-Xmx1200m"), Stream.of(arguments).map(Object::toString).toList());
        assertEquals(0, result.code(), result.err());
        return result;
    }

    /** Two steps an epoch; the second batch isn't whole. */
    private Object[] training(Path output, int epochs) {
        return new Object[] {"train", "--data", folder.resolve("images"), "--architecture", "alexnet-small", "--batch-size", 9, "--lr", 0.001, "--lr-scheduler",
            "constant", "--epochs", epochs, "--convolution", "direct", "--resume", "auto", "--output", output, "--quiet"};
    }

    @Test
    void aRunOfTwoRanksGoesOnWithFourAndWithOneAsOneWouldHave() throws Exception {
        LongTraining.images(folder);
        Execution alone = Execution.of(training(folder.resolve("alone"), 4));
        assertEquals(0, alone.code(), alone.err());
        Path four = folder.resolve("four");
        run(OPEN_MPI, training(four, 2));
        Path one = folder.resolve("one");
        try (Stream<Path> files = Files.walk(four)) {
            for (Path file : files.toList()) {
                Files.copy(file, one.resolve(four.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        run(MPICH, training(four, 4));
        assertEquals(0, Execution.of(training(one, 4)).code());
        for (Path parts : List.of(four, one)) {
            assertEquals(8, losses(parts).size());
            for (int step = 0; step < 8; step++) {
                double loss = losses(folder.resolve("alone")).get(step);
                assertEquals(loss, losses(parts).get(step), TOLERANCE * loss, parts + ", step " + (step + 1));
            }
            assertSameTensors(folder.resolve("alone/last.safetensors"), parts.resolve("last.safetensors"));
        }
    }

    private static List<Double> losses(Path run) throws IOException {
        return Files.readAllLines(run.resolve("losses.csv")).stream().skip(1).map(line -> Double.parseDouble(line.split(",")[1])).toList();
    }

    private static void assertSameTensors(Path expected, Path actual) {
        try (SafetensorsReader one = SafetensorsReader.open(expected); SafetensorsReader other = SafetensorsReader.open(actual)) {
            List<String> compared = new ArrayList<>();
            for (Tensor tensor : one.tensors().values()) {
                if (tensor.type() == DataType.F32) {
                    float[] values = values(one, tensor);
                    float[] others = values(other, other.tensor(tensor.name()));
                    double difference = 0;
                    double norm = 0;
                    for (int i = 0; i < values.length; i++) {
                        difference += Math.pow(values[i] - others[i], 2);
                        norm += Math.pow(values[i], 2);
                    }
                    assertTrue(Math.sqrt(difference) <= TOLERANCE_OF_TENSORS * Math.sqrt(norm), tensor.name() + " differs by " + Math.sqrt(difference / norm));
                    compared.add(tensor.name());
                }
            }
            assertTrue(compared.containsAll(List.of("conv1.weight", "fc8.bias", "momentum.fc6.weight")), compared.toString());
        }
    }

    private static float[] values(SafetensorsReader reader, Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().elements())];
        reader.read(tensor.name(), tensor.type(), tensor.shape(), MemorySegment.ofArray(values));
        return values;
    }

    @Test
    void ranksAreMeasuredTogetherAndApart() throws Exception {
        Path report = folder.resolve("report.json");
        Child.Result result = run(OPEN_MPI, "bench", "network", "--architecture", "alexnet-small", "--batch-size", 15, "--rounds", 2, "--steps", 2, "--warm-up", 1,
                "--reduce", "all", "--report", report, "--quiet");
        assertTrue(result.out().startsWith("alexnet-small at batch size 16, 8 on each of 2 ranks: medians of 4 steps, 2 in each of 2 turns;"), result.out());
        assertTrue(result.out().contains("\ntogether ") && result.out().contains("\napart "), result.out());
        JsonNode told = new ObjectMapper().readTree(report.toFile());
        assertEquals(2, told.get("ranks").asInt());
        // Two ranks sum all of the parameters' gradients: what each sends is as long as they are.
        long parameters = new GroupShapes(new Partition(ArchitectureOption.measured("alexnet-small"), 1), 0, 8).parameters().values().stream()
                .mapToLong(shape -> shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact)).sum();
        assertEquals(parameters * Float.BYTES, told.get("bytesSentARank").asLong());
        double step = told.get("secondsAStep").get("median").asDouble();
        assertTrue(told.get("waitingSeconds").get("median").asDouble() > 0 && told.get("computingSeconds").get("median").asDouble() <= step, told.toString());
        assertTrue(told.get("reducingSeconds").get("minimum").asDouble() > 0, told.toString());

        Child.Result refused = Child.run(OPEN_MPI, List.of(), List.of("bench", "network", "--architecture", "alexnet-small", "--peer", "pytorch"));
        assertEquals(ExitCode.USAGE.code(), refused.code(), refused.err());
        assertEquals(1, refused.err().lines().filter(line -> line.contains("leave out --peer")).count(), refused.err());
        assertFalse(refused.err().contains("\tat "), refused.err());
    }
}
