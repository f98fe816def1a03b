package alexnet.core.replica;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Ranks that are threads of one process, for tests: a call of one waits for the same call of the others. Sums go in the order of ranks. */
public final class Threads implements Replicas {

    /** What the ranks of one communicator share. */
    private static final class Meeting {

        private final Object[] brought;
        private final CyclicBarrier here;
        private final CyclicBarrier through;
        /** Made by whichever rank asks first, found by the others. */
        private Meeting next;

        Meeting(int size) {
            brought = new Object[size];
            here = new CyclicBarrier(size);
            through = new CyclicBarrier(size);
        }
    }

    private final int rank;
    private final Meeting meeting;

    private Threads(int rank, Meeting meeting) {
        this.rank = rank;
        this.meeting = meeting;
    }

    /** Has so many ranks do something at once; what the first of them fails with is thrown. */
    public static <T> List<T> run(int size, Function<Replicas, T> work) throws InterruptedException {
        Meeting meeting = new Meeting(size);
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("rank-", 0).factory())) {
            List<Callable<T>> ranks = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                Replicas replicas = new Threads(rank, meeting);
                ranks.add(() -> {
                    try {
                        return work.apply(replicas);
                    } catch (RuntimeException | Error failed) {
                        meeting.here.reset();
                        meeting.through.reset();
                        throw failed;
                    }
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(ranks)) {
                try {
                    results.add(result.get());
                } catch (ExecutionException failed) {
                    throw new AssertionError("a rank has failed", failed.getCause());
                }
            }
            return results;
        }
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return meeting.brought.length;
    }

    @Override
    public int localRank() {
        return rank;
    }

    /** Brings something, and makes something of what all have brought. */
    private <T, R> R meet(T own, Class<T> type, Function<List<T>, R> use) {
        try {
            meeting.brought[rank] = own;
            meeting.here.await();
            R result = use.apply(Arrays.stream(meeting.brought).map(type::cast).toList());
            meeting.through.await();
            return result;
        } catch (InterruptedException | BrokenBarrierException failed) {
            throw new ReplicaException("another rank has failed", failed);
        }
    }

    @Override
    public Replicas duplicate() {
        synchronized (meeting) {
            if (meeting.next == null) {
                meeting.next = new Meeting(size());
            }
        }
        Meeting duplicate = meeting.next;
        barrier();
        meeting.next = null;
        barrier();
        return new Threads(rank, duplicate);
    }

    @Override
    public void sum(MemorySegment own, MemorySegment sums, long count) {
        float[] total = meet(own, MemorySegment.class, all -> {
            float[] floats = new float[Math.toIntExact(count)];
            for (MemorySegment each : all) {
                for (int i = 0; i < count; i++) {
                    floats[i] += each.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                }
            }
            return floats;
        });
        MemorySegment.copy(MemorySegment.ofArray(total), 0, sums, 0, count * Float.BYTES);
    }

    @Override
    public void sum(double[] values) {
        fold(values, double[].class, double[]::clone, (a, b) -> {
            for (int i = 0; i < a.length; i++) {
                a[i] += b[i];
            }
            return a;
        });
    }

    @Override
    public void maximum(long[] values) {
        fold(values, long[].class, long[]::clone, (a, b) -> {
            for (int i = 0; i < a.length; i++) {
                a[i] = Math.max(a[i], b[i]);
            }
            return a;
        });
    }

    private <T> void fold(T values, Class<T> type, UnaryOperator<T> copy, BinaryOperator<T> fold) {
        T result = meet(values, type, all -> {
            T folded = copy.apply(all.getFirst());
            for (T other : all.subList(1, all.size())) {
                folded = fold.apply(folded, other);
            }
            return folded;
        });
        System.arraycopy(result, 0, values, 0, Array.getLength(values));
        barrier();
    }

    @Override
    public void gather(MemorySegment own, MemorySegment gathered, long bytes) {
        meet(own, MemorySegment.class, all -> {
            for (int i = 0; i < all.size(); i++) {
                MemorySegment.copy(all.get(i), 0, gathered, i * bytes, bytes);
            }
            return null;
        });
    }

    @Override
    public void broadcast(MemorySegment bytes, int root) {
        meet(bytes, MemorySegment.class, all -> {
            if (rank != root) {
                MemorySegment.copy(all.get(root), 0, bytes, 0, bytes.byteSize());
            }
            return null;
        });
    }

    @Override
    public void barrier() {
        meet(this, Threads.class, _ -> null);
    }

    @Override
    public void abort(int code) {
        meeting.here.reset();
    }

    @Override
    public void close() {
    }
}
