package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.device.Devices;

class ThreadsTest {

    /** A batch that fills the widest vectors, so that every algorithm of the JVM's kernels may be taken. */
    private static final int BATCH = 16;

    @TempDir
    private Path folder;

    private byte[] trained(int threads) throws IOException, InterruptedException {
        Path run = folder.resolve("run" + threads);
        Child.Result result = Child.run("\"$@\"", List.of("-Dtornado.jvm.devices=2", "-Dtornado.jvm.threads=" + threads),
                List.of("train", "--data", folder.resolve("images").toString(), "-a", "alexnet-small", "-b", String.valueOf(BATCH), "--epochs", "2",
                        "--output", run.toString()));
        assertEquals(0, result.code(), result.err());
        return Files.readAllBytes(run.resolve("last.safetensors"));
    }

    @Test
    void twoDevicesOfSixteenThreadsEndWithTheBytesOfOneThreadEach() throws IOException, InterruptedException {
        assumeFalse(Devices.onTornado(), "its devices have the threads that their driver gives them");
        TrainingTest.noise(folder.resolve("images/bright"), 160);
        TrainingTest.noise(folder.resolve("images/dark"), 0);
        assertArrayEquals(trained(1), trained(16));
    }
}
