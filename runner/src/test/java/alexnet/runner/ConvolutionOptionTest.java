package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.run.sink.ConfigurationFile;

class ConvolutionOptionTest {

    @TempDir
    private Path folder;

    private Execution train(Object... more) throws IOException {
        Path images = folder.resolve("images");
        TrainingTest.noise(images.resolve("bright"), 160);
        TrainingTest.noise(images.resolve("dark"), 0);
        Execution trained = Execution.of(Stream.concat(Stream.of("train", "--data", images, "-a", "alexnet-small", "--output", folder.resolve("run"),
                "-b", 2, "--limit-batches", 2, "--kernels", "portable"), Stream.of(more)).toArray());
        assertEquals(0, trained.code(), trained.err());
        return trained;
    }

    private String chosen() throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("run/config.yaml"))) {
            return ConfigurationFile.read(in, "config.yaml").get("convolution");
        }
    }

    @Test
    @SameOnEveryRuntime
    void aRunGoesOnAsItWasBegunUnlessItIsToldOtherwise() throws IOException {
        train("--convolution", "direct", "--epochs", 1);
        assertEquals("direct", chosen());
        train("--resume", "auto", "--epochs", 2);
        assertEquals("direct", chosen());
        train("--resume", "auto", "--epochs", 3, "--convolution", "auto");
        assertEquals("auto", chosen());
        train("--resume", "auto", "--epochs", 4);
        assertEquals("auto", chosen());
    }

    @Test
    @SameOnEveryRuntime
    void whatIsNotComputedAsWasAskedForIsToldInALineADevice() throws IOException {
        Execution forced = train("--convolution", "winograd", "--epochs", 1, "--devices", "jvm:0");
        List<String> told = forced.err().lines().filter(line -> line.startsWith("--convolution")).toList();
        assertEquals(List.of("--convolution winograd: at batch size 2 the portable kernels on jvm:0 compute conv1, conv2, conv3, conv4, conv5 by 'direct',"
                + " the only way they have"), told);
        assertFalse(train("--convolution", "auto", "--epochs", 1, "--overwrite").err().contains("--convolution"));
    }

    @Test
    void anotherNameIsAMistake() {
        TrainingTest.assertFails(ExitCode.USAGE, "--convolution", Execution.of("predict", "--convolution", "fft", "--model", "m", "image.png"));
    }

    @Test
    void devicesTellTheAlgorithmsOfTheirKernels() {
        Execution listed = Execution.of("devices");
        assertTrue(listed.out().lines().anyMatch(line -> line.matches("portable +direct +direct *")), listed.out());
    }
}
