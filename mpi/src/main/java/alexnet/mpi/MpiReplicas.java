package alexnet.mpi;

import alexnet.core.replica.ReplicaException;
import alexnet.core.replica.Replicas;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Ranks that MPI connects. Whoever has joined them and leaves them by an exception should {@link #abort}: the others would wait, and some
 * launchers report success then.
 */
final class MpiReplicas implements Replicas {

    /** What is summed or broadcast at a time: libraries copy it, and their counts are ints. */
    private static final long PIECE_BYTES = 32 << 20;

    private final LibMpi mpi;
    private final Abi.Constants constants;
    private final long communicator;
    private final int rank;
    private final int size;
    private final int localRank;
    private volatile boolean closed;

    private MpiReplicas(LibMpi mpi, long communicator, int rank, int size, int localRank) {
        this.mpi = mpi;
        this.constants = mpi.constants();
        this.communicator = communicator;
        this.rank = rank;
        this.size = size;
        this.localRank = localRank;
    }

    /**
     * Initializes the library; once in a process.
     *
     * @throws ReplicaException if the library has not found them all, or several threads must not call it at once
     */
    static Replicas join(LibMpi mpi, Launcher launcher) {
        Abi.Constants constants = mpi.constants();
        int threads = mpi.callForInt(Function.MPI_INIT_THREAD, MemorySegment.NULL, MemorySegment.NULL, constants.threadMultiple());
        mpi.call(Function.MPI_COMM_SET_ERRHANDLER, constants.world(), constants.errorsReturn());
        int rank = mpi.callForInt(Function.MPI_COMM_RANK, constants.world());
        int size = mpi.callForInt(Function.MPI_COMM_SIZE, constants.world());
        OptionalInt started = launcher.size();
        if (started.isPresent() && started.getAsInt() != size) {
            mpi.call(Function.MPI_FINALIZE);
            throw new ReplicaException(launcher.name() + " has started " + started.getAsInt() + " processes, but " + mpi + " finds " + size
                    + ": it belongs to another MPI. Start them by that one's mpirun, or " + LibMpi.ADVICE);
        }
        if (threads < constants.threadMultiple()) {
            throw new ReplicaException(mpi + " has been built without MPI_THREAD_MULTIPLE, so that threads cannot call it at once: " + LibMpi.ADVICE);
        }
        long machine = mpi.callForHandle(Function.MPI_COMM_SPLIT_TYPE, constants.world(), constants.sharedMemory(), rank, constants.noInfo());
        int localRank = mpi.callForInt(Function.MPI_COMM_RANK, machine);
        mpi.free(machine);
        return new MpiReplicas(mpi, constants.world(), rank, size, localRank);
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int localRank() {
        return localRank;
    }

    @Override
    public Replicas duplicate() {
        return new MpiReplicas(mpi, mpi.callForHandle(Function.MPI_COMM_DUP, communicator), rank, size, localRank);
    }

    @Override
    public void sum(MemorySegment own, MemorySegment sums, long count) {
        long bytes = count * Float.BYTES;
        reduce(own.asSlice(0, bytes), sums.asSlice(0, bytes), Float.BYTES, constants.floats(), constants.sum());
    }

    @Override
    public void sum(double[] values) {
        reduceOnHeap(MemorySegment.ofArray(values), Double.BYTES, constants.doubles(), constants.sum());
    }

    @Override
    public void maximum(long[] values) {
        reduceOnHeap(MemorySegment.ofArray(values), Long.BYTES, constants.longs(), constants.maximum());
    }

    /** In place, by way of memory that the library can see. */
    private void reduceOnHeap(MemorySegment values, long elementBytes, long type, long operation) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment own = arena.allocate(values.byteSize(), elementBytes).copyFrom(values);
            MemorySegment result = arena.allocate(values.byteSize(), elementBytes);
            reduce(own, result, elementBytes, type, operation);
            values.copyFrom(result);
        }
    }

    private void reduce(MemorySegment own, MemorySegment result, long elementBytes, long type, long operation) {
        if (own.asOverlappingSlice(result).isPresent()) {
            throw new IllegalArgumentException("what is reduced and the result share memory");
        }
        for (long done = 0; done < own.byteSize(); done += PIECE_BYTES) {
            long bytes = Math.min(PIECE_BYTES, own.byteSize() - done);
            mpi.call(Function.MPI_ALLREDUCE, own.asSlice(done, bytes), result.asSlice(done, bytes), (int) (bytes / elementBytes), type, operation,
                    communicator);
        }
    }

    /** At once: where each rank's bytes go is the library's to compute, with addresses, however many there are. */
    @Override
    public void gather(MemorySegment own, MemorySegment gathered, long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("MPI counts with ints, and " + bytes + " bytes of a rank are more");
        }
        int count = (int) bytes;
        mpi.call(Function.MPI_ALLGATHER, own.asSlice(0, bytes), count, constants.bytes(), gathered.asSlice(0, bytes * size), count, constants.bytes(),
                communicator);
    }

    @Override
    public void broadcast(MemorySegment bytes, int root) {
        Objects.checkIndex(root, size);
        for (long done = 0; done < bytes.byteSize(); done += PIECE_BYTES) {
            long count = Math.min(PIECE_BYTES, bytes.byteSize() - done);
            mpi.call(Function.MPI_BCAST, bytes.asSlice(done, count), (int) count, constants.bytes(), root, communicator);
        }
    }

    @Override
    public void barrier() {
        mpi.call(Function.MPI_BARRIER, communicator);
    }

    @Override
    public void abort(int code) {
        try {
            if (!closed) {
                mpi.call(Function.MPI_ABORT, constants.world(), code);
            }
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    @Override
    public void close() {
        if (communicator == constants.world()) {
            closed = true;
            mpi.call(Function.MPI_FINALIZE);
        } else {
            mpi.free(communicator);
        }
    }
}
