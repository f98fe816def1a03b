package alexnet.mpi;

import java.util.List;

/** The functions of MPI that are used, with their arguments in C. All return an error code. */
enum Function {

    MPI_GET_LIBRARY_VERSION("MPI_Get_library_version", Type.POINTER, Type.POINTER),
    MPI_GET_VERSION("MPI_Get_version", Type.POINTER, Type.POINTER),
    /** Since MPI 5. */
    MPI_ABI_GET_VERSION("MPI_Abi_get_version", Type.POINTER, Type.POINTER),
    MPI_INIT_THREAD("MPI_Init_thread", Type.POINTER, Type.POINTER, Type.INT, Type.POINTER),
    MPI_FINALIZE("MPI_Finalize"),
    MPI_ABORT("MPI_Abort", Type.HANDLE, Type.INT),
    MPI_ERROR_STRING("MPI_Error_string", Type.INT, Type.POINTER, Type.POINTER),
    MPI_COMM_SET_ERRHANDLER("MPI_Comm_set_errhandler", Type.HANDLE, Type.HANDLE),
    MPI_COMM_RANK("MPI_Comm_rank", Type.HANDLE, Type.POINTER),
    MPI_COMM_SIZE("MPI_Comm_size", Type.HANDLE, Type.POINTER),
    MPI_COMM_DUP("MPI_Comm_dup", Type.HANDLE, Type.POINTER),
    MPI_COMM_SPLIT_TYPE("MPI_Comm_split_type", Type.HANDLE, Type.INT, Type.INT, Type.HANDLE, Type.POINTER),
    MPI_COMM_FREE("MPI_Comm_free", Type.POINTER),
    MPI_ALLREDUCE("MPI_Allreduce", Type.POINTER, Type.POINTER, Type.INT, Type.HANDLE, Type.HANDLE, Type.HANDLE),
    MPI_ALLGATHER("MPI_Allgather", Type.POINTER, Type.INT, Type.HANDLE, Type.POINTER, Type.INT, Type.HANDLE, Type.HANDLE),
    MPI_BCAST("MPI_Bcast", Type.POINTER, Type.INT, Type.HANDLE, Type.INT, Type.HANDLE),
    MPI_BARRIER("MPI_Barrier", Type.HANDLE);

    /** What an argument is. */
    enum Type {
        INT, POINTER, HANDLE
    }

    final String symbol;
    final List<Type> arguments;

    Function(String symbol, Type... arguments) {
        this.symbol = symbol;
        this.arguments = List.of(arguments);
    }
}
