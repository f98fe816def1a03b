package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code export}: what it writes is tested where it is written, here what the command makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SameOnEveryRuntime
class ExportTest {

    private Path folder;
    private Path model;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        TrainingTest.noise(folder.resolve("images/bright"), 160);
        TrainingTest.noise(folder.resolve("images/dark"), 0);
        Execution trained = Execution.of("train", "--data", folder.resolve("images"), "--architecture", "alexnet-small", "--epochs", 1,
                "--batch-size", 4, "--limit-batches", 1, "--output", folder.resolve("run"));
        assertEquals(0, trained.code(), trained.err());
        model = folder.resolve("run/last.safetensors");
    }

    private Execution export(Object... more) {
        return Execution.of(Stream.concat(Stream.of("export", "--model", model), Stream.of(more)).toArray());
    }

    @Test
    void bothFormatsAreWrittenWithoutMomenta() throws IOException {
        Path onnx = folder.resolve("small.onnx");
        Path weights = folder.resolve("small.safetensors");
        Execution first = export("--format", "onnx", "--output", onnx);
        Execution second = export("--format", "safetensors", "--output", weights);
        assertEquals(0, first.code(), first.err());
        assertEquals(0, second.code(), second.err());
        assertTrue(first.err().startsWith("alexnet-small of 2 classes written to " + onnx), first.err());
        assertTrue(Files.size(onnx) < 0.6 * Files.size(model) && Files.size(weights) < 0.6 * Files.size(model));
        Execution notAgain = Execution.of("predict", "--model", weights, folder.resolve("images/dark/0.png"));
        TrainingTest.assertFails(ExitCode.MODEL, "no checkpoint of this program (format pt, expected alexnet-jvm-2); import makes a model of", notAgain);
        TrainingTest.assertFails(ExitCode.MODEL, onnx + " (ONNX) is no model of this program; import makes one of it", Execution.of("predict", "--model", onnx, folder.resolve("images/dark/0.png")));
    }

    @Test
    void mistakes() throws IOException {
        Path target = folder.resolve("target");
        TrainingTest.assertFails(ExitCode.USAGE, "--format", export("--format", "caffe", "--output", target));
        TrainingTest.assertFails(ExitCode.USAGE, "--output", export("--format", "onnx"));
        TrainingTest.assertFails(ExitCode.USAGE, "--opset is 16, must be 17 to", export("--format", "onnx", "--output", target, "--opset", 16));
        TrainingTest.assertFails(ExitCode.USAGE, "--opset is for --format onnx", export("--format", "safetensors", "--output", target, "--opset", 17));
        TrainingTest.assertFails(ExitCode.OUTPUT, "is a folder", export("--format", "onnx", "--output", folder));
        TrainingTest.assertFails(ExitCode.OUTPUT, "there is no folder", export("--format", "onnx", "--output", folder.resolve("none/x.onnx")));
        TrainingTest.assertFails(ExitCode.USAGE, "--names is for --format safetensors", export("--format", "onnx", "--output", target, "--names", "alexnet"));
        TrainingTest.assertFails(ExitCode.USAGE, "--names torchvision is for torchvision's network, alexnet-owt, which",
                export("--format", "safetensors", "--output", target, "--names", "torchvision"));
        assertFalse(Files.exists(target));
    }

    @Test
    void halfIsHalfAsLarge() throws IOException {
        for (String format : new String[] {"onnx", "safetensors"}) {
            Path whole = folder.resolve("whole." + format);
            Path half = folder.resolve("half." + format);
            assertEquals(0, export("--format", format, "--output", whole).code());
            assertEquals(0, export("--format", format, "--output", half, "--half").code());
            assertEquals(0.5, (double) Files.size(half) / Files.size(whole), 0.01, format);
        }
    }

    @Test
    void theCheckpointItselfIsNotReplaced() throws IOException {
        byte[] before = Files.readAllBytes(model);
        TrainingTest.assertFails(ExitCode.USAGE, "--output is the checkpoint itself", export("--format", "safetensors", "--output", model));
        assertEquals(before.length, Files.size(model));
    }
}
