package alexnet.mpi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import alexnet.core.replica.ReplicaException;
import alexnet.core.replica.Replicas;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * What each rank does that {@link RanksTest} starts: {@code check} makes all calls and checks their results, {@code abort} has the last rank end all,
 * {@code disagree} makes a call that must fail, {@code join} only joins, {@code exchange} takes the time of what a training step sends, for
 * scripts/judge-hosts. A check that fails is told, and ends all ranks with {@link #FAILED}.
 */
final class RankProgram {

    static final int FAILED = 3;
    static final int UNFIT = 5;
    static final int ABORTED = 7;
    /** More than goes at a time: two pieces, one of them partial. */
    private static final int MANY_FLOATS = 9_000_001;
    private static final int MANY_BYTES = 33_000_001;
    private static final int PERIOD = 1013;

    private final Replicas replicas;
    private final int rank;
    private final int size;
    /** Whether much is sent; four ranks at once would take long. */
    private final boolean much;

    private RankProgram(Replicas replicas) {
        this.replicas = replicas;
        this.rank = replicas.rank();
        this.size = replicas.size();
        this.much = size <= 2;
    }

    public static void main(String[] arguments) throws Exception {
        Replicas replicas;
        try {
            replicas = Mpi.join();
        } catch (ReplicaException unfit) {
            System.out.println("unfit: " + unfit.getMessage());
            System.exit(UNFIT);
            return;
        }
        try {
            switch (arguments[0]) {
                case "check" -> new RankProgram(replicas).checkAll(Integer.parseInt(arguments[1]));
                case "abort" -> new RankProgram(replicas).abort();
                case "exchange" -> new RankProgram(replicas).exchange(Long.parseLong(arguments[1]), Long.parseLong(arguments[2]), Long.parseLong(arguments[3]),
                        Integer.parseInt(arguments[4]));
                case "disagree" -> new RankProgram(replicas).disagree();
                default -> replicas.close();
            }
        } catch (Throwable failure) {
            System.out.println("rank " + replicas.rank() + " failed: " + failure);
            failure.printStackTrace(System.out);
            replicas.abort(FAILED);
        }
    }

    private void checkAll(int started) throws Exception {
        check("size", started, size);
        check("rank on the one machine", rank, replicas.localRank());
        check("being the first", rank == 0, replicas.isFirst());
        check("being alone", started == 1, replicas.isAlone());
        sumsOfFloats();
        sumsAndMaxima();
        gathering();
        broadcasting();
        twoThreads();
        nullChecks();
        badArguments();
        replicas.barrier();
        System.out.println("rank " + rank + " of " + size + " is content");
        replicas.close();
    }

    /** Has the first rank tell the seconds, of the slowest rank, of each exchange: of a sum and of what ranks gather from each, in pieces. */
    private void exchange(long summedBytes, long gatheredBytes, long pieceBytes, int times) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment own = arena.allocate(pieceBytes, Long.BYTES);
            MemorySegment received = arena.allocate(pieceBytes, Long.BYTES);
            for (int time = 0; time < times; time++) {
                replicas.barrier();
                long since = System.nanoTime();
                for (long at = 0; at < summedBytes; at += pieceBytes) {
                    replicas.sum(own, received, Math.min(pieceBytes, summedBytes - at) / Float.BYTES);
                }
                long share = pieceBytes / size;
                for (long at = 0; at < gatheredBytes; at += share) {
                    long bytes = Math.min(share, gatheredBytes - at);
                    replicas.gather(own.asSlice(0, bytes), received.asSlice(0, size * bytes), bytes);
                }
                long[] nanos = {System.nanoTime() - since};
                replicas.maximum(nanos);
                if (rank == 0) {
                    System.out.println("seconds " + nanos[0] * 1e-9);
                }
            }
        }
        replicas.close();
    }

    private void sumsOfFloats() {
        int count = much ? MANY_FLOATS : PERIOD + 1;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment own = arena.allocate(JAVA_FLOAT, count);
            MemorySegment sums = arena.allocate(JAVA_FLOAT, count);
            float[] terms = new float[PERIOD];
            for (int i = 0; i < PERIOD; i++) {
                terms[i] = term(rank, i);
            }
            for (int i = 0; i < count; i += PERIOD) {
                MemorySegment.copy(terms, 0, own, JAVA_FLOAT, (long) i * Float.BYTES, Math.min(PERIOD, count - i));
            }
            replicas.sum(own, sums, count);
            for (int i = 0; i < count; i += PERIOD - 1) {
                double expected = 0;
                for (int other = 0; other < size; other++) {
                    expected += term(other, i);
                }
                float sum = sums.getAtIndex(JAVA_FLOAT, i);
                // Each of size - 1 additions rounds by half a unit in the last place of what is at most the sum of all.
                if (Math.abs(sum - expected) > (size - 1) * Math.ulp((float) expected)) {
                    check("sum " + i + " of floats", expected, (double) sum);
                }
            }
            check("own floats are as they were", term(rank, count - 1), own.getAtIndex(JAVA_FLOAT, count - 1));
            CRC32 bits = new CRC32();
            bits.update(sums.asByteBuffer());
            long[] ends = {bits.getValue(), -bits.getValue()};
            replicas.maximum(ends);
            check("sums of floats have the same bits on all ranks", ends[0], -ends[1]);
        }
    }

    /** Positive, of many bits, so that the order of additions shows. */
    private static float term(int rank, int index) {
        return 1 / (float) (1 + rank + index % PERIOD);
    }

    private void sumsAndMaxima() {
        double[] doubles = {rank, 0.5, Double.MAX_VALUE / 2 / size, -rank};
        replicas.sum(doubles);
        int ranks = size * (size - 1) / 2;
        check("sums of doubles", Arrays.toString(new double[] {ranks, size / 2.0, Double.MAX_VALUE / 2, -ranks}), Arrays.toString(doubles));
        double[] undefined = {rank == size - 1 ? Double.NaN : 1, rank == 0 ? Double.POSITIVE_INFINITY : 1};
        replicas.sum(undefined);
        check("a sum with NaN and one with infinity", "[NaN, Infinity]", Arrays.toString(undefined));
        long[] longs = {rank, -rank, Long.MIN_VALUE + rank, rank == 0 ? Long.MAX_VALUE : Long.MIN_VALUE};
        replicas.maximum(longs);
        check("maxima", Arrays.toString(new long[] {size - 1, 0, Long.MIN_VALUE + size - 1, Long.MAX_VALUE}), Arrays.toString(longs));
    }

    private void gathering() {
        for (long bytes : new long[] {1, 13, much ? MANY_BYTES : 1000}) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment own = arena.allocate(bytes);
                MemorySegment gathered = arena.allocate(bytes * size);
                own.fill((byte) (rank + 1));
                own.set(JAVA_BYTE, bytes - 1, (byte) (100 + rank));
                replicas.gather(own, gathered, bytes);
                for (int other = 0; other < size; other++) {
                    MemorySegment part = gathered.asSlice(other * bytes, bytes);
                    MemorySegment expected = arena.allocate(bytes).fill((byte) (other + 1));
                    expected.set(JAVA_BYTE, bytes - 1, (byte) (100 + other));
                    check("where what was gathered of rank " + other + ", " + bytes + " bytes, differs", -1L, part.mismatch(expected));
                }
            }
        }
    }

    private void broadcasting() {
        for (int root = 0; root < size; root++) {
            for (long bytes : new long[] {1, much && root == 0 ? MANY_BYTES : 1000}) {
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment told = arena.allocate(bytes).fill((byte) (rank == root ? 42 + root : 0));
                    replicas.broadcast(told, root);
                    MemorySegment expected = arena.allocate(bytes).fill((byte) (42 + root));
                    check("where what rank " + root + " told, " + bytes + " bytes, differs", -1L, told.mismatch(expected));
                }
            }
        }
    }

    /** Each has its own order, in which the other's calls don't turn up. */
    private void twoThreads() throws InterruptedException {
        Replicas duplicate = replicas.duplicate();
        check("rank in the duplicate", rank, duplicate.rank());
        Throwable[] failure = new Throwable[1];
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                sumManyTimes(duplicate, 1);
            } catch (Throwable thrown) {
                failure[0] = thrown;
            }
        });
        sumManyTimes(replicas, 1000);
        other.join();
        check("failure of the other thread", null, failure[0]);
        duplicate.close();
    }

    private void sumManyTimes(Replicas ranks, double unit) {
        for (int i = 0; i < 20; i++) {
            double[] values = {unit * i};
            ranks.sum(values);
            check("sum " + i + " of the thread that sums multiples of " + unit, size * unit * i, values[0]);
        }
    }

    /** The JVM notices null by SIGSEGV, which UCX would take. */
    private void nullChecks() {
        int noticed = 0;
        for (int i = 0; i < 20_000; i++) {
            try {
                length(i % 2 == 0 ? null : "12345");
            } catch (NullPointerException _) {
                noticed++;
            }
        }
        check("nulls that were noticed", 10_000, noticed);
    }

    private static int length(String text) {
        return text.length();
    }

    private void badArguments() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(16);
            refused("more than there is", () -> replicas.sum(memory, arena.allocate(16), 5));
            refused("less room than is gathered", () -> replicas.gather(memory, arena.allocate(16L * size - 1), 16));
            if (size > 1) {
                refused("the Java heap", () -> replicas.sum(MemorySegment.ofArray(new float[4]), memory, 4));
                refused("a sum in place", () -> replicas.sum(memory, memory, 4));
                refused("a rank that there isn't", () -> replicas.broadcast(memory, size));
            }
        }
    }

    private void refused(String what, Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return;
        }
        check(what, "refused", "accepted");
    }

    /** While the others wait for it. */
    private void abort() throws InterruptedException {
        if (rank == size - 1) {
            Thread.ofPlatform().start(() -> replicas.abort(ABORTED)).join();
        }
        replicas.barrier();
    }

    /** Rank 0 tells more than the other wants to know. */
    private void disagree() {
        try (Arena arena = Arena.ofConfined()) {
            replicas.broadcast(arena.allocate(rank == 0 ? 64 : 32), 0);
            if (rank > 0) {
                System.out.println("rank " + rank + " has noticed nothing");
            }
            replicas.barrier();
        } catch (ReplicaException failed) {
            System.out.println("failed: " + failed.getMessage());
            replicas.abort(FAILED);
        }
    }

    private void check(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what + ": expected " + expected + ", but it is " + actual);
        }
    }
}
