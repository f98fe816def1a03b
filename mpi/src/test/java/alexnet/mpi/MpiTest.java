package alexnet.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.core.replica.Alone;
import alexnet.core.replica.ReplicaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MpiTest {

    private static Map<String, String> startedByMpich(String library) {
        return Map.of("PMI_SIZE", "2", "PMI_RANK", "0", LibMpi.VARIABLE, library);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux shows what is loaded")
    void aProcessByItselfLoadsNothing() throws IOException {
        assertSame(Alone.REPLICA, Mpi.join(Map.of()));
        assertSame(Alone.REPLICA, Mpi.join(Map.of("SLURM_PROCID", "3", "SLURM_NTASKS", "4", LibMpi.VARIABLE, "libm.so.6")));
        assertSame(Alone.REPLICA, Mpi.join(Map.of("OMPI_COMM_WORLD_SIZE", "1", "PMIX_RANK", "0")));
        assertSame(Alone.REPLICA, Mpi.join(Map.of("PMI_SIZE", "1", "PMI_RANK", "0")));
        assertSame(Alone.REPLICA, Mpi.join(Map.of("PMIX_RANK", "0", "SLURM_STEP_NUM_TASKS", "1")));
        assertFalse(Files.readAllLines(Path.of("/proc/self/maps")).stream().anyMatch(line -> line.matches(".*/libmpi(ch|_abi)?\\..*")), "MPI is loaded");
    }

    @ParameterizedTest
    @CsvSource({
        "OMPI_COMM_WORLD_SIZE=4 PMIX_RANK=0 SLURM_STEP_NUM_TASKS=2, Open MPI's mpirun, 4, libmpi.so.40",
        "PMI_SIZE=3 PMI_RANK=0 SLURM_STEP_NUM_TASKS=2, 'a launcher that speaks PMI, as MPICH''s mpirun does,', 3, libmpi.so.12",
        "PMIX_RANK=0 SLURM_STEP_NUM_TASKS=2, 'a launcher that speaks PMIx, as srun does,', 2, libmpi.so.40",
        "PMIX_RANK=0, 'a launcher that speaks PMIx, as srun does,', , libmpi.so.40"
    })
    @EnabledOnOs(OS.LINUX)
    void theLauncherIsToldByWhatItPutsIntoTheEnvironment(String environment, String name, Integer size, String library) {
        Map<String, String> variables = new HashMap<>();
        for (String variable : environment.split(" ")) {
            variables.put(variable.split("=")[0], variable.split("=")[1]);
        }
        Launcher launcher = Launcher.of(variables).orElseThrow();
        assertEquals(name, launcher.name());
        assertEquals(size == null ? OptionalInt.empty() : OptionalInt.of(size), launcher.size());
        assertEquals(library, launcher.libraries().getFirst());
        assertEquals(Set.of("libmpi.so.40", "libmpi.so.12", "libmpich.so.12", "libmpi_abi.so.0", "libmpi_abi.so", "libmpi.so"),
                Set.copyOf(launcher.libraries()));
    }

    @Test
    void aSizeThatIsNoneIsToldOf() {
        ReplicaException told = assertThrows(ReplicaException.class, () -> Mpi.join(Map.of("PMI_SIZE", "two")));
        assertEquals("PMI_SIZE of the environment is 'two', not how many processes were started", told.getMessage());
    }

    @Test
    void aLibraryThatCannotBeOpenedIsToldOf() {
        ReplicaException told = assertThrows(ReplicaException.class, () -> Mpi.join(startedByMpich("/nowhere/libmpi.so")));
        assertTrue(told.getMessage().startsWith("ALEXNET_MPI_LIBRARY names a library of MPI that cannot be opened: "), told.getMessage());
        assertTrue(told.getMessage().contains("/nowhere/libmpi.so"), told.getMessage());
    }

    @Test
    void whereThereIsNoLibraryItIsToldWhatToInstall() {
        Launcher launcher = new Launcher("a launcher", OptionalInt.of(2), List.of("libnowhere.so.40", "libnowhere.so"));
        ReplicaException told = assertThrows(ReplicaException.class, () -> LibMpi.open(launcher, Optional.empty()));
        assertTrue(told.getMessage().startsWith("started by a launcher, but no library of MPI can be opened (libnowhere.so.40: "), told.getMessage());
        assertTrue(told.getMessage().contains("openmpi-bin") && told.getMessage().contains(LibMpi.VARIABLE), told.getMessage());
        assertEquals(1, told.getMessage().lines().count(), told.getMessage());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLibraryOfSomethingElseIsToldOf() {
        ReplicaException told = assertThrows(ReplicaException.class, () -> Mpi.join(startedByMpich("libm.so.6")));
        assertTrue(told.getMessage().startsWith("libm.so.6 is no library of MPI, or too old: it lacks MPI_Get_library_version: "), told.getMessage());
    }
}
