package alexnet.core.replica;

import java.lang.foreign.MemorySegment;

/**
 * The processes that train one network together, called ranks, as each of them sees them. What it has but {@link #rank()} and the
 * like, and {@link #abort}, is collective: all ranks make the same calls in the same order, and none returns before it has what it needs
 * of the others.
 *
 * <p>One thread at a time, as two threads' calls have no order; who calls beside others has {@link #duplicate()} of its own.
 *
 * <p>All of them throw {@link ReplicaException} where another rank has failed or cannot be reached, if that is noticed.
 */
public interface Replicas extends AutoCloseable {

    /** Which of the ranks this is, from 0. */
    int rank();

    /** How many there are. */
    int size();

    /** Which of those on its own machine this is, from 0. */
    int localRank();

    /** Whether this rank writes what the run leaves behind, and tells people. */
    default boolean isFirst() {
        return rank() == 0;
    }

    /** Whether there is nobody to talk to. */
    default boolean isAlone() {
        return size() == 1;
    }

    /** The same ranks, whose calls have an order of their own: for another thread. Closed before these. */
    Replicas duplicate();

    /**
     * Sums floats over all ranks, element by element; all ranks get the same bits.
     *
     * @param own  {@code [count]} floats outside the Java heap
     * @param sums {@code [count]} likewise, another segment
     */
    void sum(MemorySegment own, MemorySegment sums, long count);

    /** Sums over all ranks, element by element, in place. */
    void sum(double[] values);

    /** The largest of all ranks, element by element, in place. */
    void maximum(long[] values);

    /**
     * Gets what every rank has.
     *
     * @param own      {@code [bytes]} outside the Java heap
     * @param gathered {@code [size()][bytes]} likewise, in the order of ranks
     */
    void gather(MemorySegment own, MemorySegment gathered, long bytes);

    /**
     * Gets what one rank has.
     *
     * @param bytes outside the Java heap, as long on every rank; read on the root, overwritten on the others
     * @param root  whose they are
     */
    void broadcast(MemorySegment bytes, int root);

    /** Waits until all are here. */
    void barrier();

    /** Ends all ranks at once with that exit code, from any thread, without closing anything. May not return. */
    void abort(int code);

    /** Says goodbye to the others: the last of the collective calls. */
    @Override
    void close();
}
