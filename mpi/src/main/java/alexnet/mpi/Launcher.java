package alexnet.mpi;

import alexnet.core.replica.ReplicaException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What has started this process as one of several, as the environment tells. A job that Slurm has started without an interface of MPI's
 * is not one of several: whoever wants that says so by srun's {@code --mpi}.
 *
 * @param name      what people call it
 * @param size      how many processes it has started, if it says so
 * @param libraries the file names that the library of MPI may have, the likeliest first
 */
record Launcher(String name, OptionalInt size, List<String> libraries) {

    private static final List<String> OPEN_MPI = List.of(file("mpi", 40));
    /** The second is Debian's. */
    private static final List<String> MPICH = List.of(file("mpi", 12), file("mpich", 12));
    private static final List<String> ANY = List.of(file("mpi_abi", 0), System.mapLibraryName("mpi_abi"), System.mapLibraryName("mpi"));

    /** The launcher, or nothing where this process was started by itself. */
    static Optional<Launcher> of(Map<String, String> environment) {
        if (environment.containsKey("OMPI_COMM_WORLD_SIZE")) {
            return Optional.of(new Launcher("Open MPI's mpirun", size(environment), libraries(OPEN_MPI, MPICH)));
        }
        if (environment.containsKey("PMI_SIZE") || environment.containsKey("PMI_RANK")) {
            return Optional.of(new Launcher("a launcher that speaks PMI, as MPICH's mpirun does,", size(environment), libraries(MPICH, OPEN_MPI)));
        }
        if (environment.containsKey("PMIX_RANK")) {
            return Optional.of(new Launcher("a launcher that speaks PMIx, as srun does,", size(environment), libraries(OPEN_MPI, MPICH)));
        }
        return Optional.empty();
    }

    /** Whether a process is the first of its launcher's, or has none, as far as the environment tells. */
    static boolean isFirst(Map<String, String> environment) {
        return Stream.of("OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK").map(environment::get).allMatch(rank -> rank == null || rank.equals("0"));
    }

    /** Of several, the outermost comes last: mpirun within a job of Slurm. */
    private static OptionalInt size(Map<String, String> environment) {
        Optional<String> variable = Stream.of("OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS").filter(environment::containsKey).findFirst();
        if (variable.isEmpty()) {
            return OptionalInt.empty();
        }
        String value = environment.get(variable.get());
        try {
            return OptionalInt.of(Integer.parseInt(value));
        } catch (NumberFormatException _) {
            throw new ReplicaException(variable.get() + " of the environment is '" + value + "', not how many processes were started");
        }
    }

    private static String file(String name, int version) {
        String unversioned = System.mapLibraryName(name);
        return unversioned.endsWith(".dylib") ? unversioned.replace(".dylib", "." + version + ".dylib") : unversioned + "." + version;
    }

    private static List<String> libraries(List<String> likeliest, List<String> others) {
        return Stream.of(likeliest, ANY, others).flatMap(List::stream).toList();
    }
}
