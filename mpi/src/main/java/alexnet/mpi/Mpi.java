package alexnet.mpi;

import alexnet.core.replica.Alone;
import alexnet.core.replica.ReplicaException;
import alexnet.core.replica.Replicas;
import java.util.Map;
import java.util.Optional;

/** The way to the other processes of a training: those that mpirun or srun has started together with this one. */
public final class Mpi {

    private Mpi() {
    }

    /**
     * Joins the others; once in a process, by the thread that closes them.
     *
     * <p>This process has others if the environment has OMPI_COMM_WORLD_SIZE (Open MPI's mpirun), PMI_SIZE or PMI_RANK (MPICH's, Intel's,
     * {@code srun --mpi=pmi2}) or PMIX_RANK ({@code srun --mpi=pmix}), unless it also says that there is only one: then, and where none of
     * them is there, no library is loaded. The variable ALEXNET_MPI_LIBRARY names the library if it isn't the one that the launcher's MPI
     * usually has.
     *
     * @throws ReplicaException if the library is missing or unfit, with what to do
     */
    public static Replicas join() {
        return join(System.getenv());
    }

    /** Whether this process is the first of those, or alone, as its launcher tells: for what is to be said once although nobody has joined. */
    public static boolean isFirst() {
        return Launcher.isFirst(System.getenv());
    }

    static Replicas join(Map<String, String> environment) {
        Optional<Launcher> launcher = Launcher.of(environment);
        if (launcher.isEmpty() || launcher.get().size().orElse(0) == 1) {
            return Alone.REPLICA;
        }
        return MpiReplicas.join(LibMpi.open(launcher.get(), Optional.ofNullable(environment.get(LibMpi.VARIABLE))), launcher.get());
    }
}
