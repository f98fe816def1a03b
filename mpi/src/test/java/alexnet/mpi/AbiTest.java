package alexnet.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbiTest {

    /** Prints what {@link Abi.Constants} has, in its order. */
    private static final String PROGRAM = """
            #include <mpi.h>
            #include <stdio.h>
            int main(void) {
              printf("%ld %ld %ld %ld %ld %ld %ld %ld %ld %d %d", (long)MPI_COMM_WORLD, (long)MPI_ERRORS_RETURN, (long)MPI_INFO_NULL, (long)MPI_FLOAT,
                (long)MPI_DOUBLE, (long)MPI_INT64_T, (long)MPI_BYTE, (long)MPI_SUM, (long)MPI_MAX, MPI_THREAD_MULTIPLE, MPI_COMM_TYPE_SHARED);
            }
            """;

    @TempDir
    private Path folder;

    /** Open MPI's are looked up in the library, which {@link RanksTest} does. */
    @ParameterizedTest
    @CsvSource({"MPICH, mpicc.mpich", "STANDARD, mpicc_abi"})
    void theConstantsAreThoseOfTheHeader(Abi abi, String compiler) throws IOException, InterruptedException {
        assumeTrue(RanksTest.path(compiler).isPresent(), "there is no " + compiler);
        Path source = Files.writeString(folder.resolve("constants.c"), PROGRAM);
        Path program = folder.resolve("constants");
        assertEquals("", output(compiler, "-o", program.toString(), source.toString()));
        Abi.Constants constants = abi.constants((SymbolLookup) _ -> Optional.empty());
        assertEquals(String.format("%d %d %d %d %d %d %d %d %d %d %d", constants.world(), constants.errorsReturn(), constants.noInfo(), constants.floats(),
                constants.doubles(), constants.longs(), constants.bytes(), constants.sum(), constants.maximum(), constants.threadMultiple(),
                constants.sharedMemory()), output(program.toString()));
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
