package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import sun.misc.Signal;

/** A training run in a process of its own that would take for ever: somebody stops it, or something goes wrong. Closing kills it. */
final class LongTraining implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Of 20 images four are for validation. */
    private static final int STEPS_AN_EPOCH = 4;

    private final Path images;
    private final Path run;
    private final Path err;
    private final Process process;

    private LongTraining(Path images, Path run, Path err, Process process) {
        this.images = images;
        this.run = run;
        this.err = err;
        this.process = process;
    }

    /** Twenty images in two classes below a folder. */
    static Path images(Path folder) throws IOException {
        TrainingTest.noise(folder.resolve("images/bright"), 160);
        TrainingTest.noise(folder.resolve("images/dark"), 0);
        return folder.resolve("images");
    }

    /**
     * Starts one.
     *
     * @param run       its folder, beside which the process's output goes
     * @param script    of bash, which gets the command as {@code "$@"} and becomes it
     * @param properties of the program, such as {@code fault=hang}
     * @param more      options of train
     */
    static LongTraining start(Path images, Path run, String script, List<String> properties, Object... more) throws IOException {
        List<String> options = properties.stream().map(property -> "-D" + property).toList();
        // A faulty machine has no memory for images, and the tests leave the user's cache alone.
        Stream<Object> cache = properties.isEmpty() ? Stream.empty() : Stream.of("--no-cache");
        List<String> arguments = Stream.of(arguments(images, run), Stream.of("--epochs", 1e6), cache, Stream.of(more)).flatMap(each -> each)
                .map(Object::toString).toList();
        Path err = run.resolveSibling(run.getFileName() + ".err");
        Class<?> main = properties.isEmpty() ? Main.class : FaultyMachine.class;
        Process process = new ProcessBuilder(Child.command(script, options, main, arguments))
                .redirectError(err.toFile()).redirectOutput(run.resolveSibling(run.getFileName() + ".out").toFile()).start();
        return new LongTraining(images, run, err, process);
    }

    private static Stream<Object> arguments(Path images, Path run) {
        return Stream.of("train", "--data", images, "--architecture", "alexnet-small", "--batch-size", 4, "--lr", 0.0001, "--lr-scheduler", "constant",
                "--output", run, "--resume", "auto");
    }

    /** The same command line, in this process, to the end of the epoch that is behind the last step. */
    Execution goOn(Object... more) throws IOException {
        return Execution.of(Stream.concat(Stream.concat(arguments(images, run), Stream.of("--epochs", steps() / STEPS_AN_EPOCH + 1)), Stream.of(more)).toArray());
    }

    /** The last step that losses.csv has, 0 before the first. */
    long steps() throws IOException {
        Path losses = run.resolve("losses.csv");
        List<String> lines = Files.exists(losses) ? Files.readAllLines(losses) : List.of();
        return lines.size() < 2 ? 0 : Long.parseLong(lines.getLast().split(",")[0]);
    }

    /** Whole checkpoints, by their numbers of steps; nothing else may lie beside them. */
    List<Long> checkpoints() throws IOException {
        Path folder = run.resolve("checkpoints");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Long> steps = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                assertTrue(name.matches("step-\\d{8}\\.safetensors"), name);
                steps.add(Long.parseLong(name.replaceAll("\\D", "")));
            }
        }
        return steps.stream().sorted().toList();
    }

    void awaitSteps(long steps) {
        await(() -> {
            try {
                return steps() >= steps;
            } catch (IOException | NumberFormatException beingWritten) {
                return false;
            }
        });
    }

    /** Waits until standard error has this. */
    void awaitErr(String text) {
        await(() -> err().contains(text));
    }

    void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                fail("it ended or nothing came of it: " + err());
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /** Sends a signal; whoever starts the tests in a shell's background has SIGINT ignored, and nothing can be seen of it. */
    void signal(String name) throws IOException, InterruptedException {
        if (!name.equals("HUP")) {
            assumeFalse(isIgnored(name), "SIG" + name + " is ignored where the tests were started");
        }
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor());
    }

    /** Whether this process, from which others inherit that, ignores a signal; only Linux tells. */
    private static boolean isIgnored(String name) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String mask = Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
        return (Long.parseUnsignedLong(mask.substring("SigIgn:".length()).strip(), 16) >> new Signal(name).getNumber() - 1 & 1) != 0;
    }

    /** Its exit code. */
    int awaitEnd() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), this::err);
        return process.exitValue();
    }

    /** It ends with this code, one line that says why, and no stack trace. */
    void assertFails(ExitCode code, String message) throws InterruptedException {
        assertEquals(code.code(), awaitEnd(), this::err);
        List<String> lines = err().lines().filter(line -> line.startsWith("alexnet: ")).toList();
        assertEquals(1, lines.size(), this::err);
        assertTrue(lines.getFirst().contains(message), lines.getFirst());
        assertFalse(err().contains("\tat "), this::err);
    }

    String err() {
        try {
            return Files.readString(err);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
