package alexnet.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that the installed MPIs start, see {@link RankProgram}. */
class RanksTest {

    private static final int PATIENCE_SECONDS = 240;

    /** The MPIs whose launchers are known. */
    enum Installed {

        OPEN_MPI("openmpi", "Open MPI", List.of("--oversubscribe", "--bind-to", "none")),
        MPICH("mpich", "HYDRA", List.of());

        /** Debian's launcher has its name, as more than one may be installed. */
        private final String name;
        /** What the launcher calls itself. */
        private final String mark;
        private final List<String> options;

        Installed(String name, String mark, List<String> options) {
            this.name = name;
            this.mark = mark;
            this.options = options;
        }

        private String launcher() throws IOException, InterruptedException {
            for (String command : List.of("mpirun." + name, "mpirun")) {
                if (path(command).isPresent()) {
                    Process process = new ProcessBuilder(command, "--version").redirectErrorStream(true).start();
                    String version = new String(process.getInputStream().readAllBytes());
                    process.waitFor();
                    if (version.contains(mark)) {
                        return command;
                    }
                }
            }
            assumeTrue(false, "there is no mpirun of " + this);
            return null;
        }
    }

    private record Result(int code, String out) {
    }

    @TempDir
    private Path folder;

    static Optional<Path> path(String command) {
        return List.of(System.getenv("PATH").split(":")).stream().map(folder -> Path.of(folder, command)).filter(Files::isExecutable).findFirst();
    }

    private Result run(Installed mpi, int ranks, Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(mpi.launcher()));
        command.addAll(mpi.options);
        command.addAll(List.of("-n", Integer.toString(ranks), Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-Xshare:auto", "-XX:+UseSerialGC", "-Xmx64m", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                RankProgram.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        // Open MPI wants to be told that root is meant.
        builder.environment().putAll(Map.of("OMPI_ALLOW_RUN_AS_ROOT", "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"));
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroy();
            fail("the ranks hang: " + Files.readString(out));
        }
        return new Result(process.exitValue(), Files.readString(out));
    }

    @ParameterizedTest
    @CsvSource({"OPEN_MPI, 1", "OPEN_MPI, 2", "OPEN_MPI, 4", "MPICH, 1", "MPICH, 2", "MPICH, 4"})
    void ranksGetWhatTheOthersHave(Installed mpi, int ranks) throws IOException, InterruptedException {
        Result result = run(mpi, ranks, Map.of(), "check", Integer.toString(ranks));
        assertEquals(0, result.code, result.out);
        for (int rank = 0; rank < ranks; rank++) {
            assertTrue(result.out.contains("rank " + rank + " of " + ranks + " is content"), result.out);
        }
    }

    /** By a stand-in for its library, as the standard binary interface is younger than most systems' MPI. */
    @Test
    void aLibraryOfTheStandardInterfaceServesToo() throws IOException, InterruptedException {
        assumeTrue(path("mpirun.mpich").isPresent() && path("cc").isPresent(), "this takes Debian's MPICH and a C compiler");
        Path library = folder.resolve("libmpi_abi.so");
        assertEquals(0, new ProcessBuilder("cc", "-Wall", "-Werror", "-shared", "-fPIC", "-o", library.toString(), "src/test/c/standard.c").inheritIO().start()
                .waitFor());
        Result result = run(Installed.MPICH, 2, Map.of(LibMpi.VARIABLE, library.toString()), "check", "2");
        assertEquals(0, result.code, result.out);
        assertTrue(result.out.contains("rank 1 of 2 is content"), result.out);
    }

    @ParameterizedTest
    @EnumSource
    void anAbortEndsAllWithItsCode(Installed mpi) throws IOException, InterruptedException {
        Result result = run(mpi, 2, Map.of(), "abort");
        assertEquals(RankProgram.ABORTED, result.code, result.out);
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatFailsIsToldInTheLibrarysWords(Installed mpi) throws IOException, InterruptedException {
        Result result = run(mpi, 2, Map.of(), "disagree");
        assertEquals(RankProgram.FAILED, result.code, result.out);
        assertTrue(result.out.lines().anyMatch(line -> line.startsWith("failed: MPI_Bcast of lib") && line.toLowerCase().contains("message truncated")),
                result.out);
    }

    @ParameterizedTest
    @CsvSource({"OPEN_MPI, MPICH, libmpich.so.12", "MPICH, OPEN_MPI, libmpi.so.40"})
    void theLibraryOfAnotherMpiThanTheLaunchersIsToldOf(Installed mpi, Installed other, String library) throws IOException, InterruptedException {
        assumeTrue(path("mpirun." + other.name).isPresent(), "Debian's package of " + other + " is not there");
        Result result = run(mpi, 2, Map.of(LibMpi.VARIABLE, library), "join");
        assertEquals(RankProgram.UNFIT, result.code, result.out);
        assertTrue(result.out.lines().anyMatch(line -> line.startsWith("unfit: ") && line.contains("has started 2 processes, but " + library)
                && line.contains("finds 1: it belongs to another MPI")), result.out);
    }
}
