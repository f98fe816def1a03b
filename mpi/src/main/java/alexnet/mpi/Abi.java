package alexnet.mpi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/** What MPI's handles and constants are for programs in C, which the standard left to the libraries until MPI 5. */
enum Abi {

    /** MPI 5.0, appendix A: pointers to nowhere, whose values are the standard's. */
    STANDARD(JAVA_LONG),
    /** Open MPI's: pointers to objects in the library, which have names. */
    OPEN_MPI(JAVA_LONG),
    /** MPICH's, which Intel MPI, MVAPICH and Cray's keep to: numbers of 32 bits. */
    MPICH(JAVA_INT);

    /**
     * The handles and constants that are used.
     *
     * @param world          MPI_COMM_WORLD
     * @param errorsReturn   MPI_ERRORS_RETURN
     * @param noInfo         MPI_INFO_NULL
     * @param floats         MPI_FLOAT
     * @param doubles        MPI_DOUBLE
     * @param longs          MPI_INT64_T
     * @param bytes          MPI_BYTE
     * @param sum            MPI_SUM
     * @param maximum        MPI_MAX
     * @param threadMultiple MPI_THREAD_MULTIPLE
     * @param sharedMemory   MPI_COMM_TYPE_SHARED
     */
    record Constants(long world, long errorsReturn, long noInfo, long floats, long doubles, long longs, long bytes, long sum, long maximum,
                     int threadMultiple, int sharedMemory) {
    }

    /** A handle's. */
    final ValueLayout layout;

    Abi(ValueLayout layout) {
        this.layout = layout;
    }

    /** The handle that is there. */
    long get(MemorySegment place) {
        return this == MPICH ? place.get(JAVA_INT, 0) : place.get(JAVA_LONG, 0);
    }

    /** Puts a handle there. */
    void set(MemorySegment place, long handle) {
        if (this == MPICH) {
            place.set(JAVA_INT, 0, (int) handle);
        } else {
            place.set(JAVA_LONG, 0, handle);
        }
    }

    /** The handles and constants of that library of this ABI. */
    Constants constants(SymbolLookup library) {
        return switch (this) {
            case STANDARD -> new Constants(0x101, 0x143, 0x130, 0x210, 0x214, 0x258, 0x247, 0x21, 0x23, 4096, 221);
            case OPEN_MPI -> new Constants(address(library, "comm_world"), address(library, "errors_return"), address(library, "info_null"),
                    address(library, "float"), address(library, "double"), address(library, "int64_t"), address(library, "byte"),
                    address(library, "op_sum"), address(library, "op_max"), 3, 0);
            case MPICH -> new Constants(0x44000000, 0x54000001, 0x1c000000, 0x4c00040a, 0x4c00080b, 0x4c00083a, 0x4c00010d, 0x58000003,
                    0x58000001, 3, 1);
        };
    }

    private static long address(SymbolLookup library, String object) {
        return library.findOrThrow("ompi_mpi_" + object).address();
    }
}
