package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.device.Devices;

/** Races and bad accesses of the GPU kernels, by scripts/judge-races; where Oclgrind is not there, only that this is said. */
class RacesTest {

    private static final int MISSING = 5;

    private record Judgement(int code, String said) {
    }

    @Test
    void everyPlantedMistakeIsTold() throws Exception {
        assumeTrue(Devices.onTornado(), "only TornadoVM makes code for GPUs");
        Judgement judgement = judge(System.getenv("PATH"), "--planted");
        assumeTrue(judgement.code != MISSING, judgement.said.strip());
        assertEquals(0, judgement.code, judgement.said);
        assertTrue(judgement.said.lines().filter(line -> line.contains("  told: ")).count() >= 6, judgement.said);
    }

    @Test
    void ofKernelsWithoutMistakesNothingIsTold() throws Exception {
        assumeTrue(Devices.onTornado(), "only TornadoVM makes code for GPUs");
        Judgement judgement = judge(System.getenv("PATH"), "--tilings", "own", "--kernels",
                "gpu/softmaxCrossEntropy,gpu/fullyConnectedForward");
        assumeTrue(judgement.code != MISSING, judgement.said.strip());
        assertEquals(0, judgement.code, judgement.said);
        assertTrue(judgement.said.lines().anyMatch(line -> line.matches("own +12 cases +\\d+ s  clean")), judgement.said);
    }

    @Test
    void saysWhichPackageIsMissing(@TempDir Path tools) throws Exception {
        for (String tool : List.of("dirname", "readlink", "locale", "grep", "sed", "head", "tr")) {
            Files.createSymbolicLink(tools.resolve(tool), which(tool));
        }
        Judgement judgement = judge(tools.toString());
        assertEquals(MISSING, judgement.code, judgement.said);
        assertTrue(judgement.said.matches("judge-races: there is no .*: install .*\\(Debian: apt install .*\\)\\R"), judgement.said);
    }

    private static Path which(String tool) {
        return Stream.of("/usr/bin", "/bin").map(folder -> Path.of(folder, tool)).filter(Files::exists).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--plant", "--kernels", "--tilings=65x64x1", "--tilings="})
    void refusesWhatItDoesNotKnow(String argument) throws Exception {
        Judgement judgement = judge(System.getenv("PATH"), argument);
        assertEquals(ExitCode.USAGE.code(), judgement.code, judgement.said);
        assertFalse(judgement.said.contains("\tat "), judgement.said);
    }

    private static Judgement judge(String path, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/bash", Path.of("..", "scripts", "judge-races").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Judgement(process.waitFor(), said);
    }
}
