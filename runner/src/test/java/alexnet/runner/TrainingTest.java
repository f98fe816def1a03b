package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.Tensor;
import alexnet.core.device.Devices;
import alexnet.core.run.RunFolder;
import alexnet.core.run.RunStart;

/** {@code train} and {@code test} on a dozen small images, and what they say about input that cannot be used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingTest {

    private Path folder;
    private Path images;
    private Path run;
    private Execution trained;

    /** Bright and dark noise in two classes, a broken image and a file that is none. */
    @BeforeAll
    void trainTwoEpochs(@TempDir Path temporary) throws IOException {
        folder = temporary;
        images = folder.resolve("images");
        noise(images.resolve("bright"), 160);
        noise(images.resolve("dark"), 0);
        Files.writeString(images.resolve("dark/notes.txt"), "no image");
        Files.writeString(images.resolve("dark/broken.jpg"), "no image either");
        run = folder.resolve("run");
        trained = train("--epochs", 2, "--output", run);
    }

    /** Ten grey images, 32 x 32, of levels from {@code darkest} to 95 above it. */
    static void noise(Path target, int darkest) throws IOException {
        Random random = new Random(darkest);
        Files.createDirectories(target);
        for (int i = 0; i < 10; i++) {
            BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 32 * 32; pixel++) {
                int grey = darkest + random.nextInt(96);
                image.setRGB(pixel % 32, pixel / 32, grey << 16 | grey << 8 | grey);
            }
            ImageIO.write(image, "png", target.resolve(i + ".png").toFile());
        }
    }

    private Execution train(Object... more) {
        return small(Stream.concat(Stream.of("--batch-size", 5, "--lr", 0.001, "--lr-scheduler", "constant"), Stream.of(more)).toArray());
    }

    private Execution small(Object... more) {
        return Execution.of(Stream.concat(Stream.of("train", "--data", images, "--architecture", "alexnet-small"), Stream.of(more)).toArray());
    }

    static void assertFails(ExitCode code, String message, Execution execution) {
        assertEquals(code.code(), execution.code(), execution.err());
        List<String> lines = execution.err().lines().filter(line -> line.startsWith("alexnet: ")).toList();
        assertEquals(1, lines.size(), execution.err());
        assertTrue(lines.getFirst().contains(message), lines.getFirst());
        assertFalse(execution.err().contains("\tat "), execution.err());
    }

    @Test
    void trainingPrintsALineAnEpochAndKeepsEverything() throws IOException {
        assertEquals(0, trained.code(), trained.err());
        assertEquals(2, trained.out().lines().count(), trained.out());
        assertTrue(trained.out().lines().allMatch(line -> line.matches("epoch [12]/2: loss .* top-1 .* top-5 .*majority baseline 50.0 %.*")),
                trained.out());
        assertEquals(3, Files.readAllLines(run.resolve("metrics.csv")).size());
        assertEquals(1 + 2 * 4, Files.readAllLines(run.resolve("losses.csv")).size());
        assertTrue(Files.exists(run.resolve("last.safetensors")) && Files.exists(run.resolve("best.safetensors")));
    }

    @Test
    @SameOnEveryRuntime
    void whatDecodesJpegsIsSaidAndCanBeForced() {
        assertTrue(trained.err().lines().anyMatch(line -> line.startsWith("JPEGs are decoded by ")), trained.err());
        Execution java = train("--epochs", 0.2, "--decoder", "java", "--output", folder.resolve("by-java"));
        assertTrue(java.err().contains("JPEGs are decoded by Java " + Runtime.version().feature()), java.err());
        assertFails(ExitCode.USAGE, "--decoder", train("--decoder", "libpng"));
    }

    @Test
    void aDecoderThatIsNotInstalledIsMissing() throws IOException, InterruptedException {
        Child.Result result = Child.run("exec \"$@\"", List.of("-Dalexnet.turbojpeg=/nowhere/libturbojpeg.so.0"),
                List.of("train", "--data", images.toString(), "--architecture", "alexnet-small", "--decoder", "turbo"));
        assertEquals(ExitCode.RUNTIME.code(), result.code(), result.err());
        assertTrue(result.err().contains("alexnet: libjpeg-turbo is not installed, or older than 2.0: install it"), result.err());
    }

    @Test
    @SameOnEveryRuntime
    void aBrokenImageIsListedAtTheEndAndAnotherFilePassedOver() {
        List<String> err = trained.err().lines().toList();
        assertEquals("1 file was left out:", err.get(err.size() - 2));
        assertTrue(err.getLast().contains("dark/broken.jpg"), err.getLast());
        assertTrue(err.contains("1 file that is no image passed over: dark/notes.txt"), trained.err());
        assertTrue(err.contains("1 of 21 images cannot be read and is left out, see the list at the end"), trained.err());
        assertTrue(err.contains("classes: bright, dark"), trained.err());
    }

    @Test
    void aResumedRunEndsWhereOneThatWasNotInterruptedDoes() throws IOException {
        Path parts = folder.resolve("parts");
        assertEquals(0, train("--epochs", 1, "--output", parts).code());
        Execution resumed = Execution.of("train", "--data", images, "--resume", parts.resolve("last.safetensors"), "--epochs", 2);
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(1, resumed.out().lines().count(), resumed.out());
        assertEquals(losses(run), losses(parts));
        assertArrayEquals(tensors(run.resolve("last.safetensors")), tensors(parts.resolve("last.safetensors")));
    }

    /** Of losses.csv, but for the times. */
    private static List<String> losses(Path run) throws IOException {
        return Files.readAllLines(run.resolve("losses.csv")).stream().map(line -> String.join(",", List.of(line.split(",")).subList(0, 4))).toList();
    }

    /** All that a checkpoint holds behind its header, which tells times too. */
    private static byte[] tensors(Path checkpoint) throws IOException {
        byte[] bytes = Files.readAllBytes(checkpoint);
        return Arrays.copyOfRange(bytes, Long.BYTES + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(), bytes.length);
    }

    @Test
    void aTrainedNetworkIsMeasuredOnOneDeviceAsOnTwoAndWithTenViews() {
        String id = Devices.ofRuntime().all().getFirst().id();
        Execution centre = Execution.of("test", "--model", run.resolve("last.safetensors"), "--data", images, "--devices", id);
        assertEquals(0, centre.code(), centre.err());
        Matcher epoch = Pattern.compile("epoch 2/2: .*validation loss (\\S+), .*").matcher(trained.out().lines().toList().getLast());
        Matcher tested = Pattern.compile("top-1 .* %, top-5 100.00 %, loss (\\S+): 4 images, centre crop").matcher(centre.out().lines().findFirst().orElseThrow());
        assertTrue(epoch.matches() && tested.matches(), centre.out());
        assertEquals(Double.parseDouble(epoch.group(1)), Double.parseDouble(tested.group(1)), 1e-3);

        Execution ten = Execution.of("test", "--model", run.resolve("last.safetensors"), "--data", images, "--views", 10);
        assertTrue(ten.out().lines().findFirst().orElseThrow().endsWith("4 images, 10 views"), ten.out() + ten.err());
        assertFails(ExitCode.USAGE, "--views is 3", Execution.of("test", "--model", run.resolve("last.safetensors"), "--data", images, "--views", 3));
    }

    @Test
    void folders() throws IOException {
        assertFails(ExitCode.DATA, "no such folder", Execution.of("train", "--data", folder.resolve("nowhere")));
        assertFails(ExitCode.DATA, "no images in", Execution.of("train", "--data", Files.createDirectories(folder.resolve("empty"))));
        Path single = folder.resolve("single");
        noise(single.resolve("dark"), 0);
        assertFails(ExitCode.DATA, "only one class", Execution.of("train", "--data", single));
    }

    @Test
    void options() {
        assertFails(ExitCode.USAGE, "--batch-size is 0, must be at least 1", small("--batch-size", 0));
        assertFails(ExitCode.USAGE, "there is no architecture 'vgg'", Execution.of("train", "--data", images, "--architecture", "vgg"));
        assertFails(ExitCode.USAGE, "--data", Execution.of("train"));
        assertFails(ExitCode.USAGE, "no family 'cuda'", train("--kernels", "cuda"));
        assertFails(ExitCode.RUNTIME, "there is no device '9:9'", train("--devices", "9:9"));
    }

    @Test
    void checkpoints() throws IOException {
        Path whole = run.resolve("last.safetensors");
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(bytes, bytes.length / 2));
        Path foreign = Files.writeString(folder.resolve("foreign.safetensors"), "PK and more than eight bytes");
        assertFails(ExitCode.MODEL, "no such checkpoint", Execution.of("test", "--data", images, "--model", folder.resolve("none")));
        assertFails(ExitCode.MODEL, "cut.safetensors is truncated", Execution.of("test", "--data", images, "--model", cut));
        assertFails(ExitCode.MODEL, "not a safetensors file", Execution.of("test", "--data", images, "--model", foreign));
        assertFails(ExitCode.MODEL, "is a checkpoint of alexnet-small, not of alexnet",
                Execution.of("train", "--data", images, "--architecture", "alexnet", "--resume", whole, "--epochs", 3));
        assertFails(ExitCode.USAGE, "trained for 2 epochs already", Execution.of("train", "--data", images, "--resume", whole));

        Path three = folder.resolve("three");
        noise(three.resolve("bright"), 150);
        noise(three.resolve("dark"), 10);
        noise(three.resolve("medium"), 80);
        assertFails(ExitCode.MODEL, "has the class medium, which " + whole + " was not trained on: it knows bright, dark; leave that class out",
                Execution.of("test", "--data", three, "--model", whole));
        assertFails(ExitCode.MODEL, "has 2 classes", Execution.of("train", "--data", three, "--resume", whole, "--epochs", 3, "--output", folder.resolve("x")));
        Path others = folder.resolve("others");
        noise(others.resolve("cats"), 0);
        noise(others.resolve("dogs"), 80);
        assertFails(ExitCode.MODEL, "has the class cats", Execution.of("test", "--data", others, "--model", whole));
        assertFails(ExitCode.MODEL, "its number 0 is bright",
                Execution.of("train", "--data", others, "--resume", whole, "--epochs", 3, "--output", folder.resolve("x")));
    }

    @Test
    @SameOnEveryRuntime
    void aTestSetNeedsNoTrainAndNotEveryClass() throws IOException {
        Path set = folder.resolve("holidays");
        noise(set.resolve("dark"), 0x20);
        Execution tested = Execution.of("test", "--model", run.resolve("last.safetensors"), "--data", set);
        assertEquals(0, tested.code(), tested.err());
        assertTrue(tested.out().contains(": 10 images, centre crop"), tested.out());
        // Its only class has the number 0 in the set and 1 in the network.
        assertTrue(tested.out().startsWith("top-1 100.00 %"), tested.out());
    }

    @Test
    @SameOnEveryRuntime
    void otherImagesThanBeforeAreRefusedUnlessAllowed() throws IOException {
        Path changing = folder.resolve("changing");
        noise(changing.resolve("bright"), 160);
        noise(changing.resolve("dark"), 0);
        Path first = folder.resolve("first");
        Object[] options = {"--architecture", "alexnet-small", "--batch-size", 10, "--limit-batches", 1};
        assertEquals(0, Execution.of(Stream.concat(Stream.of("train", "--data", changing, "--epochs", 1, "--output", first), Stream.of(options))
                .toArray()).code());
        noise(changing.resolve("dark/more"), 50);

        Object[] resume = {"train", "--data", changing, "--resume", first.resolve("last.safetensors"), "--epochs", 2};
        assertFails(ExitCode.DATA, "has other images than when " + first.resolve("last.safetensors") + " was trained: 10 more", Execution.of(resume));
        Execution allowed = Execution.of(Stream.concat(Stream.of(resume), Stream.of("--allow-changed-data")).toArray());
        assertEquals(0, allowed.code(), allowed.err());
        assertTrue(allowed.err().contains("the run is no longer bit for bit the one that was begun"), allowed.err());
        assertFails(ExitCode.USAGE, "--allow-changed-data goes with --resume", small("--allow-changed-data"));
    }

    @Test
    @SameOnEveryRuntime
    void tooManyBadFilesStopTheRun() throws IOException {
        Path bad = folder.resolve("bad");
        noise(bad.resolve("bright"), 160);
        noise(bad.resolve("dark"), 0);
        for (int i = 0; i < 6; i++) {
            Files.writeString(bad.resolve("dark/bad" + i + ".png"), "no image " + i);
        }
        Object[] train = {"train", "--data", bad, "--architecture", "alexnet-small", "--epochs", 1, "--output", folder.resolve("stopped")};
        assertFails(ExitCode.DATA, "6 of 26 images cannot be read, more than --max-bad 1 % allows: ", Execution.of(train));
        assertFails(ExitCode.USAGE, "--max-bad is 101%, must be 0 to 100", small("--max-bad", "101%"));
        assertFails(ExitCode.DATA, "6 of 10 images cannot be read", Execution.of("test", "--data", bad, "--model", run.resolve("last.safetensors"),
                "--max-bad", "10 %"));
    }

    @Test
    void outputFoldersAreTriedBeforeTrainingStarts() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertFails(ExitCode.OUTPUT, "is a file", train("--output", file));
        assertFails(ExitCode.OUTPUT, "holds the results of an earlier run", train("--output", run));
        assertFails(ExitCode.USAGE, "--output", train("--output", ""));
        Path foreign = Files.createDirectories(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("metrics.csv"), "day,rain\n");
        assertFails(ExitCode.OUTPUT, "metrics.csv is not a training run's", train("--output", foreign));
        assertEquals("day,rain\n", Files.readString(foreign.resolve("metrics.csv")));
        try (Stream<Path> files = Files.list(foreign)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    @SameOnEveryRuntime
    void aFolderIsOneRunsAtATime() throws IOException {
        Path output = folder.resolve("claimed");
        try (RunFolder other = RunFolder.claim(output, RunStart.NEW, false)) {
            assertFails(ExitCode.OUTPUT, "another run is writing to " + output, train("--epochs", 1, "--output", output));
        }
    }

    /** Two epochs, of which only the first has a checkpoint of its own: the best one. */
    private Path runOfWhichTheFirstEpochIsBest(String name) throws IOException {
        Path output = folder.resolve(name);
        // A rate of zero keeps the accuracy, of equal ones the first is best.
        Execution execution = small("--epochs", 2, "--batch-size", 5, "--lr", 0, "--output", output);
        assertEquals(0, execution.code(), execution.err());
        return output;
    }

    @Test
    @SameOnEveryRuntime
    void laterEpochsAreDiscardedOnlyWhenThatIsAskedFor() throws IOException {
        Path output = runOfWhichTheFirstEpochIsBest("later");
        Path best = output.resolve("best.safetensors");
        String metrics = Files.readString(output.resolve("metrics.csv"));
        assertFails(ExitCode.OUTPUT, best + " is of step 4, but " + output + " goes on to step 8", resume(best, "--epochs", 2));
        // Asked for, but the data cannot be read: nothing is discarded.
        assertFails(ExitCode.DATA, "no such folder", Execution.of("train", "--data", folder.resolve("nowhere"), "--resume", best, "--overwrite"));
        Path damaged = folder.resolve("damaged");
        for (String name : List.of("bright", "dark")) {
            Files.createDirectories(damaged.resolve(name));
            for (int i = 0; i < 5; i++) {
                Files.writeString(damaged.resolve(name).resolve(i + ".png"), name + i);
            }
        }
        assertEquals(ExitCode.DATA.code(), Execution.of("train", "--data", damaged, "--resume", best, "--overwrite").code());
        assertEquals(metrics, Files.readString(output.resolve("metrics.csv")));
        assertEquals(1 + 2 * 4, Files.readAllLines(output.resolve("losses.csv")).size());

        Execution again = resume(best, "--epochs", 2, "--overwrite");
        assertEquals(0, again.code(), again.err());
        assertEquals(1, again.out().lines().count(), again.out());
        assertEquals(3, Files.readAllLines(output.resolve("metrics.csv")).size());
        assertEquals(1 + 2 * 4, Files.readAllLines(output.resolve("losses.csv")).size());
    }

    private Execution resume(Path checkpoint, Object... more) {
        return Execution.of(Stream.concat(Stream.of("train", "--data", images, "--resume", checkpoint), Stream.of(more)).toArray());
    }

    @Test
    @SameOnEveryRuntime
    void theLastLineNamesTheBestCheckpointWhereItIs() throws IOException {
        Path output = runOfWhichTheFirstEpochIsBest("named");
        Path elsewhere = folder.resolve("elsewhere");
        Execution resumed = resume(output.resolve("last.safetensors"), "--epochs", 3, "--output", elsewhere);
        assertEquals(0, resumed.code(), resumed.err());
        assertFalse(Files.exists(elsewhere.resolve("best.safetensors")));
        assertTrue(resumed.err().contains("in epoch 1: " + output.resolve("best.safetensors")), resumed.err());
        Files.delete(output.resolve("best.safetensors"));
        resumed = resume(elsewhere.resolve("last.safetensors"), "--epochs", 4);
        assertTrue(resumed.err().contains("in epoch 1: its checkpoint is no longer there"), resumed.err());
    }

    @Test
    @SameOnEveryRuntime
    void theOnlyStepOfARunIsOfTheFullRate() throws IOException {
        Path output = folder.resolve("one-step");
        assertEquals(0, small("--epochs", 1, "--limit-batches", 1, "--lr", 0.001, "--output", output).code());
        assertTrue(Files.readAllLines(output.resolve("metrics.csv")).getLast().startsWith("1,1,0.00100000,"));
        assertTrue(Files.readAllLines(output.resolve("losses.csv")).getLast().startsWith("1,1,0.00100000,"));
    }

    @Test
    void tooLittleMemoryIsToldBeforeItIsAllocated() {
        assertFails(ExitCode.MEMORY, "alexnet-small at batch size 100000 needs ", small("--batch-size", 100_000));
        assertFails(ExitCode.MEMORY, "choose a smaller --batch-size", small("--batch-size", Integer.MAX_VALUE));
    }

    @Test
    @SameOnEveryRuntime
    void aTrainingThatDivergesIsStoppedAndLeavesNoCheckpoint() throws IOException {
        Path output = folder.resolve("diverged");
        for (Object[] limit : new Object[][] {{}, {"--limit-batches", 1}}) {
            assertFails(ExitCode.DIVERGED, "try a smaller --lr; no checkpoint has been written", small(Stream.concat(
                    Stream.of("--lr", 1e10, "--lr-warmup-epochs", 0, "--lr-scheduler", "constant", "--output", output), Stream.of(limit)).toArray()));
            assertFalse(Files.exists(output.resolve("last.safetensors")) || Files.exists(output.resolve("best.safetensors")));
        }
    }

    /** The rate is far too large for three halvings, so that it ends with the same code as one that may not go back. */
    @Test
    @SameOnEveryRuntime
    void aRunThatMayGoBackSaysSoEachTime() throws IOException {
        Path output = folder.resolve("rolled-back");
        Execution rolled = small("--batch-size", 5, "--lr", 1e10, "--lr-scheduler", "constant", "--lr-warmup-epochs", 0, "--on-divergence", "rollback",
                "--max-rollbacks", 2, "--output", output);
        assertFails(ExitCode.DIVERGED, "; the run has gone back 2 times already; try a smaller --lr; ", rolled);
        for (int rollback = 1; rollback <= 2; rollback++) {
            String said = "going back to the start values, with half the rate from now on (rollback " + rollback + " of at most 2)";
            assertEquals(1, rolled.err().lines().filter(line -> line.startsWith("warning: ") && line.endsWith(said)).count(), rolled.err());
        }
        assertTrue(rolled.err().contains("the first layer with a value that is not finite is "), rolled.err());
        assertFails(ExitCode.USAGE, "--max-rollbacks is 0, must be at least 1", small("--on-divergence", "rollback", "--max-rollbacks", 0));
    }

    @Test
    @SameOnEveryRuntime
    void aRunThatDivergesLaterKeepsItsLastGoodCheckpoint() throws IOException {
        Path output = folder.resolve("diverged-later");
        assertEquals(0, train("--epochs", 1, "--output", output).code());
        Path last = output.resolve("last.safetensors");
        byte[] good = Files.readAllBytes(last);
        assertFails(ExitCode.DIVERGED, "the last good checkpoint is " + output.resolve("checkpoints/step-00000004.safetensors") + ": go on by --resume", resume(last, "--epochs", 2, "--lr", 1e10, "--limit-batches", 1));
        assertArrayEquals(good, Files.readAllBytes(last));
        assertEquals(0, Execution.of("test", "--model", output.resolve("best.safetensors"), "--data", images).code());
    }

    /** The checkpoint written anew, as sound as before, but with a value in every place of a tensor. */
    private Path copyWith(String changed, float value, String name) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(run.resolve("last.safetensors"))) {
            SafetensorsWriter writer = SafetensorsWriter.withChecksum();
            reader.metadata().forEach(writer::metadata);
            for (Tensor tensor : reader.tensors().values()) {
                if (tensor.name().equals(changed)) {
                    writer.add(changed, tensor.type(), tensor.shape(), MemorySegment.ofArray(floats((int) tensor.shape().elements(), value)));
                } else {
                    writer.add(tensor.name(), reader, tensor);
                }
            }
            writer.write(folder.resolve(name));
        }
        return folder.resolve(name);
    }

    private static float[] floats(int count, float value) {
        float[] floats = new float[count];
        Arrays.fill(floats, value);
        return floats;
    }

    @Test
    @SameOnEveryRuntime
    void aModelWhoseAnswersAreNotNumbersIsNotMeasured() throws IOException {
        Path overflowing = copyWith("fc7.weight", Float.MAX_VALUE, "overflowing.safetensors");
        assertFails(ExitCode.MODEL, overflowing + " makes no sense", Execution.of("test", "--model", overflowing, "--data", images));
        assertFails(ExitCode.MODEL, overflowing + " makes no sense", Execution.of("predict", "--model", overflowing, images.resolve("dark/0.png")));
    }

    @Test
    void aModelThatIsNotFiniteIsRefusedByEveryCommand() throws IOException {
        Path destroyed = copyWith("conv3.weight", Float.NaN, "destroyed.safetensors");
        String message = destroyed + " makes no sense: tensor conv3.weight holds values that are not finite";
        assertFails(ExitCode.MODEL, message, Execution.of("test", "--model", destroyed, "--data", images));
        assertFails(ExitCode.MODEL, message, Execution.of("predict", "--model", destroyed, images.resolve("dark/0.png")));
        for (String format : List.of("onnx", "safetensors")) {
            Path export = folder.resolve("exported." + format);
            assertFails(ExitCode.MODEL, message, Execution.of("export", "--model", destroyed, "--format", format, "--output", export));
            assertFalse(Files.exists(export));
        }
        assertFails(ExitCode.MODEL, message, resume(destroyed, "--epochs", 3, "--output", folder.resolve("never")));
        assertFalse(Files.exists(folder.resolve("never")));
    }
}
