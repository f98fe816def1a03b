/**
 * Connects the {@linkplain alexnet.core.replica.Replicas processes that train one network together} by the MPI library that the machine
 * has: the one that knows its network, and that the launcher which started them, mpirun or srun, belongs to. {@link alexnet.mpi.Mpi#join}
 * is the way in.
 *
 * <p>No binding has to be compiled or installed: {@code java.lang.foreign} calls the library's C functions, which are blocking calls on
 * memory outside the Java heap. The library is {@linkplain alexnet.mpi.SharedLibrary opened} so that the parts which it loads later see its
 * symbols, and with UCX, its transport, kept from taking SIGSEGV, by which the JVM notices null.
 *
 * <p>C programs get MPI's handles and constants from the mpi.h that they are compiled with; here they are written down, for the three
 * {@linkplain alexnet.mpi.Abi ABIs} there are: the standard one of MPI 5.0 (its chapter 20 and appendix A), Open MPI's and MPICH's.
 *
 * <p>What is used of MPI, by the sections of version 4.0 of its standard: initialization and finalization with threads, of which several
 * may call at a time (11.2, 11.6); all-reduce, all-gather, broadcast and barrier (6.9.6, 6.7, 6.4, 6.3); communicators of the same
 * processes, so that the calls of two threads don't meet, and of the processes on one machine (7.4.2); errors that are returned (9.3).
 */
package alexnet.mpi;
