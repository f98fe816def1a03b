package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.Tensor;
import alexnet.core.data.Datasets;
import alexnet.core.data.Decoding;
import alexnet.core.data.MaxBad;
import alexnet.core.data.PreparedData;
import alexnet.core.data.StoredSize;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.Initialization;
import alexnet.core.training.TrainingOptions.Scheduler;
import alexnet.kernels.KernelFamilies;

/**
 * A run that was stopped amid an epoch and resumed ends where one ends that never stopped: the same weights, momenta, losses
 * and rates, bit for bit, whatever the schedule. The run that never stops has other numbers of threads.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {

    private static final int EPOCHS = 4;
    /** The epoch in which a run is stopped: behind the first drop of the plateau. */
    private static final int STOPPED = 4;
    private static final int BATCH = 4;

    private Path folder;

    /** Two classes of noise that nobody could tell apart, so that the error stays on its plateau. */
    @BeforeAll
    void trainWithoutStopping(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Random random = new Random(4);
        for (String name : List.of("ebb", "flow")) {
            Path images = Files.createDirectories(folder.resolve("images").resolve(name));
            for (int i = 0; i < 9; i++) {
                BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
                for (int pixel = 0; pixel < 28 * 28; pixel++) {
                    image.setRGB(pixel % 28, pixel / 28, random.nextInt(1 << 24));
                }
                ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
            }
        }
        if (Devices.onTornado()) {
            main(folder.toString());
        } else {
            withThreeThreads();
        }
    }

    private void withThreeThreads() throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-Dtornado.jvm.threads=3", "-cp", System.getProperty("java.class.path"), ResumeTest.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
    }

    /** All; on TornadoVM, which compiles the kernels of every run, only the one that depends on more than a step's place. */
    static List<Scheduler> schedulers() {
        return Devices.onTornado() ? List.of(Scheduler.PLATEAU) : List.of(Scheduler.values());
    }

    /** Trains with every schedule, without a stop. */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (Scheduler scheduler : schedulers()) {
            train(folder, folder.resolve("whole-" + scheduler), null, scheduler, 3, new TrainingListener() { });
        }
    }

    private static void train(Path folder, Path output, Path resumed, Scheduler scheduler, int workers, TrainingListener listener)
            throws IOException {
        TrainingOptions options = new TrainingOptions(EPOCHS, BATCH, 0.002, scheduler, 1, 0.5, 1.25, 0.9, 0.0005, Initialization.KAIMING, 1L << 40, 0);
        Architecture architecture = Initialization.KAIMING.applyTo(Architecture.alexnetSmall(2, 3));
        PreparedData data = PreparedData.of(Datasets.open(folder.resolve("images").toString(), _ -> { }), new StoredSize(28, 28),
                Decoding.standard((_, _) -> { }), MaxBad.STANDARD);
        try (SafetensorsReader reader = resumed == null ? null : SafetensorsReader.open(resumed);
                TwoGroupNetwork network = new TwoGroupNetwork(architecture, BATCH, Devices.ofRuntime().byDefault().stream()
                        .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList())) {
            RunStart start = RunStart.NEW;
            if (reader == null) {
                network.initialize(options.seed());
            } else {
                Checkpoint checkpoint = Checkpoint.read(reader);
                Checkpoint.readTensors(reader, network);
                start = new RunStart(resumed, checkpoint.history(), checkpoint.steps());
            }
            network.setMean(data.statistics().mean());
            network.load();
            try (RunFolder run = RunFolder.claim(output, start, false);
                    Trainer trainer = new Trainer(network, data, options, workers, new Both(run, listener))) {
                run.begin();
                trainer.run(start.history(), epochs -> run.epoch(epochs, file -> new Checkpoint(architecture, data.dataset().classes(),
                        data.statistics(), options, epochs, run.steps()).write(file, network, data.fingerprint().pack())));
            }
        }
    }

    /** Writes losses, and tells another listener. */
    private record Both(RunFolder run, TrainingListener other) implements TrainingListener {
        @Override
        public void stepFinished(int epoch, int step, int images, double lr, double loss) {
            try {
                run.step(epoch, lr, loss);
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
            other.stepFinished(epoch, step, images, lr, loss);
        }
    }

    /** Stops the run in the second step of an epoch. */
    private static final class Stop implements TrainingListener {
        @Override
        public void stepFinished(int epoch, int step, int images, double lr, double loss) {
            if (epoch == STOPPED && step == 2) {
                throw new CancellationException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void aRunThatWasStoppedEndsWhereOneThatNeverWasDoes(Scheduler scheduler) throws IOException {
        Path whole = folder.resolve("whole-" + scheduler);
        Path parts = folder.resolve("parts-" + scheduler);
        assertThrows(CancellationException.class, () -> train(folder, parts, null, scheduler, 1, new Stop()));
        assertEquals(STOPPED - 1, FolderContents.history(parts.resolve("last.safetensors")).size());
        train(folder, parts, parts.resolve("last.safetensors"), scheduler, 2, new TrainingListener() { });

        assertEquals(Files.readString(whole.resolve("losses.csv")), Files.readString(parts.resolve("losses.csv")));
        List<EpochMetrics> epochs = FolderContents.history(parts.resolve("last.safetensors"));
        assertEquals(FolderContents.history(whole.resolve("last.safetensors")).stream().map(ResumeTest::withoutTime).toList(),
                epochs.stream().map(ResumeTest::withoutTime).toList());
        assertSameTensors(whole.resolve("last.safetensors"), parts.resolve("last.safetensors"));

        // Of the rates that metrics.csv tells, so that this is known to have tested drops before and behind the stop.
        List<Double> rates = epochs.stream().map(epoch -> epoch.lr() / 0.002).toList();
        switch (scheduler) {
            case PLATEAU -> assertTrue(rates.get(STOPPED - 2) <= 0.5 && rates.getLast() < rates.get(STOPPED - 2), rates.toString());
            case STEP -> assertEquals(List.of(0.8, 0.5, 0.25, 0.125), rates);
            case CONSTANT -> assertEquals(List.of(0.8, 1.0, 1.0, 1.0), rates);
            case COSINE -> assertTrue(rates.getLast() > 0 && rates.getLast() < rates.get(STOPPED - 2), rates.toString());
        }
    }

    private static EpochMetrics withoutTime(EpochMetrics m) {
        return new EpochMetrics(m.epoch(), m.lr(), m.trainingLoss(), m.validationLoss(), m.top1(), m.top5(), 0, 0);
    }

    private static void assertSameTensors(Path expected, Path actual) {
        try (SafetensorsReader first = SafetensorsReader.open(expected); SafetensorsReader second = SafetensorsReader.open(actual)) {
            assertEquals(first.tensors().keySet(), second.tensors().keySet());
            assertTrue(first.tensors().containsKey("conv2.weight") && first.tensors().containsKey("momentum.conv2.weight"));
            for (Tensor tensor : first.tensors().values()) {
                assertArrayEquals(bytes(first, tensor), bytes(second, tensor), tensor.name());
            }
        }
    }

    private static byte[] bytes(SafetensorsReader reader, Tensor tensor) {
        byte[] bytes = new byte[(int) tensor.byteSize()];
        reader.read(tensor.name(), tensor.type(), tensor.shape(), MemorySegment.ofArray(bytes));
        return bytes;
    }
}
