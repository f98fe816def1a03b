package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The program in processes of its own, in which native code prints on standard output. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NativeOutputTest {

    private static final String REFUSED = "cuLaunchKernel -> Returned: 701 (CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES)";
    private static final String ERROR = "[TornadoVM-CUDA-JNI] ERROR : " + REFUSED;
    /** What the program tells before its first step, and what when it comes to the broken one of three images. */
    private static final String START = "results go to";
    private static final String BROKEN = "broken.png";

    private Path folder;
    private Path images;
    private Path run;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        images = folder.resolve("images");
        run = folder.resolve("run");
        TrainingTest.noise(images.resolve("bright"), 160);
        TrainingTest.noise(images.resolve("dark"), 0);
        Execution trained = Execution.of(training(run, 1).toArray());
        assertEquals(0, trained.code(), trained.err());
        Files.writeString(Files.createDirectories(folder.resolve("some")).resolve(BROKEN), "no image");
        Files.copy(images.resolve("dark/1.png"), folder.resolve("some/a.png"));
        Files.copy(images.resolve("dark/2.png"), folder.resolve("some/z.png"));
    }

    private List<String> training(Path output, int epochs) {
        return Stream.of("train", "--data", images, "--architecture", TinyNetwork.FILE, "--epochs", epochs, "--batch-size", 4, "--output", output)
                .map(String::valueOf).toList();
    }

    private List<String> prediction() {
        return List.of("predict", "--json", "--batch-size", "1", "--model", run.resolve("last.safetensors").toString(), folder.resolve("some").toString());
    }

    /** @param line what native code prints after the program has told {@code word} */
    private static Child.Result run(String word, String line, List<String> arguments) throws Exception {
        return Child.run("\"$@\"", List.of("-Dword=" + word, "-Dline=" + line), TalkativeDriver.class, arguments);
    }

    private static void assertRefused(Child.Result result) {
        assertEquals(ExitCode.RUNTIME.code(), result.code(), result.err());
        assertEquals(List.of("alexnet: a device refused to compute: " + REFUSED),
                result.err().lines().filter(line -> line.startsWith("alexnet: ")).toList(), result.err());
        assertTrue(result.err().contains(ERROR + "\n"), result.err());
        assertFalse(result.err().contains("\tat "), result.err());
    }

    @Test
    void noCheckpointIsWrittenAfterADeviceRefused() throws Exception {
        byte[] before = Files.readAllBytes(run.resolve("last.safetensors"));
        List<String> resumed = Stream.concat(training(run, 3).stream(), Stream.of("--resume", run.resolve("last.safetensors").toString())).toList();
        Child.Result refused = run(START, ERROR, resumed);
        assertRefused(refused);
        assertEquals("", refused.out());
        assertArrayEquals(before, Files.readAllBytes(run.resolve("last.safetensors")));
    }

    @Test
    void predictionEndsWithWhatWasComputedBefore() throws Exception {
        Child.Result refused = run(BROKEN, ERROR, prediction());
        assertEquals(ExitCode.RUNTIME.code(), refused.code(), refused.err());
        assertTrue(refused.err().contains("alexnet: a device refused to compute: " + REFUSED), refused.err());
        assertFalse(refused.out().contains("z.png"), refused.out());
    }

    @ParameterizedTest
    @SameOnEveryRuntime
    @ValueSource(strings = {"pocl says hello", "[TornadoVM-CUDA-NVML-JNI] ERROR : nvmlDeviceGetPowerUsage -> Returned: 3",
        "[TornadoVM-OCL-JNI] Calling : clFinish -> Status: 0"})
    void whatIsNoRefusalGoesToStandardError(String line) throws Exception {
        Child.Result predicted = run(BROKEN, line, prediction());
        assertEquals(ExitCode.DATA.code(), predicted.code(), predicted.err());
        assertTrue(predicted.err().contains(line + "\n"), predicted.err());
        assertEquals(2, new ObjectMapper().readTree(predicted.out()).size(), predicted.out());
    }

    @Test
    void trainingGoesOnAfterAHarmlessLine() throws Exception {
        Path output = folder.resolve("harmless");
        Child.Result trained = run(START, "pocl says hello", training(output, 1));
        assertEquals(0, trained.code(), trained.err());
        assertTrue(trained.err().contains("pocl says hello\n"), trained.err());
        assertTrue(Files.exists(output.resolve("last.safetensors")));
    }
}
