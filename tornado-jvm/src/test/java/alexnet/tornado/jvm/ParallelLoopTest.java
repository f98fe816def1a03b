package alexnet.tornado.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.EVERY_EXECUTION;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class ParallelLoopTest {

    private static final Map<Integer, String> THREAD_OF = new ConcurrentHashMap<>();
    private static int calls;

    @BeforeEach
    void forget() {
        THREAD_OF.clear();
    }

    private static void visit(IntArray visits, int index) {
        visits.set(index, visits.get(index) + 1);
        THREAD_OF.put(index, Thread.currentThread().getName());
    }

    private static void oneDeep(IntArray visits) {
        for (@Parallel int i = 0; i < visits.getSize(); i++) {
            visit(visits, i);
        }
    }

    @Test
    void eachThreadRunsAContiguousShareOnAThreadOfTheDevice() {
        IntArray visits = new IntArray(10);
        Graphs.run(Graphs.exchanging(visits).task("task", ParallelLoopTest::oneDeep, visits));
        assertArrayEquals(Graphs.times(10, 1), visits.toHeapArray());
        assertEquals(IntStream.of(0, 0, 1, 1, 1, 2, 2, 3, 3, 3).mapToObj(thread -> "jvm:0, thread " + thread).toList(),
                IntStream.range(0, 10).mapToObj(THREAD_OF::get).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 63, 1000})
    void everyIterationRunsOnce(int size) {
        IntArray visits = new IntArray(size);
        Graphs.run(Graphs.exchanging(visits).task("task", ParallelLoopTest::oneDeep, visits));
        assertArrayEquals(Graphs.times(size, 1), visits.toHeapArray());
        assertEquals(Math.min(size, Graphs.THREADS), Set.copyOf(THREAD_OF.values()).size());
    }

    private static void withStartAndBound(IntArray visits, int start, int margin) {
        for (@Parallel int i = start + 1; i < Math.max(visits.getSize() / 2, 3) * 2 - margin; i++) {
            visit(visits, i);
        }
    }

    @Test
    void startAndBoundMayBeExpressions() {
        IntArray visits = new IntArray(20);
        Graphs.run(Graphs.exchanging(visits).task("task", ParallelLoopTest::withStartAndBound, visits, 2, 5));
        assertArrayEquals(IntStream.range(0, 20).map(i -> i >= 3 && i < 15 ? 1 : 0).toArray(), visits.toHeapArray());
    }

    private static void twoDeep(IntArray visits, int rows, int columns) {
        for (@Parallel int row = 0; row < rows; row++) {
            for (@Parallel int column = 0; column < columns; column++) {
                visit(visits, row * columns + column);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 9})
    void twoLoopsKeepAllThreadsBusyHoweverFewIterationsTheOuterHas(int rows) {
        IntArray visits = new IntArray(rows * 8);
        Graphs.run(Graphs.exchanging(visits).task("task", ParallelLoopTest::twoDeep, visits, rows, 8));
        assertArrayEquals(Graphs.times(rows * 8, 1), visits.toHeapArray());
        assertEquals(Graphs.THREADS, Set.copyOf(THREAD_OF.values()).size());
    }

    private static void threeDeep(IntArray visits, int x, int y, int z) {
        for (@Parallel int i = 0; i < x; i++) {
            int plane = i * y * z;
            for (@Parallel int j = 0; j < y; j++) {
                int row = plane + j * z;
                for (@Parallel int k = 0; k < z; k++) {
                    visit(visits, row + k);
                }
            }
        }
    }

    @Test
    void threeLoopsRunEveryIterationOnce() {
        for (int x = 1; x < 6; x++) {
            for (int y = 1; y < 6; y++) {
                IntArray visits = new IntArray(x * y * 3);
                Graphs.run(Graphs.exchanging(visits).task("task", ParallelLoopTest::threeDeep, visits, x, y, 3));
                assertArrayEquals(Graphs.times(x * y * 3, 1), visits.toHeapArray(), x + " x " + y + " x 3");
            }
        }
    }

    private static void severalLoops(IntArray first, IntArray second, int repetitions) {
        for (@Parallel int i = 0; i < first.getSize(); i++) {
            visit(first, i);
        }
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (@Parallel int i = 1; i < second.getSize(); i++) {
                visit(second, i);
            }
            for (@Parallel int i = 0; i < 1; i++) {
                visit(second, i);
            }
        }
    }

    @Test
    void loopsMayFollowEachOtherAndStandInsideAPlainLoop() {
        IntArray first = new IntArray(7);
        IntArray second = new IntArray(9);
        Graphs.run(Graphs.exchanging(first).task("task", ParallelLoopTest::severalLoops, first, second, 3)
                .transferToHost(EVERY_EXECUTION, second));
        assertArrayEquals(Graphs.times(7, 1), first.toHeapArray());
        assertArrayEquals(Graphs.times(9, 3), second.toHeapArray());
    }

    private static void allKindsOfBytecode(FloatArray result, int limit, double factor, long offset) {
        double scale = factor * 2;
        for (@Parallel int i = 0; i < result.getSize(); i++) {
            if (i == 3) {
                continue;
            }
            long sum = offset;
            float[] tile = new float[4];
            int k = 0;
            boolean searching = true;
            while (searching) {
                sum += k;
                k++;
                searching = k < limit;
            }
            for (int j = 0; j < 100; j++) {
                if (j == i) {
                    break;
                }
                tile[j & 3] += 1;
            }
            int kind = switch (i % 3) {
                case 0 -> 10;
                case 1 -> i > 5 ? 20 : 30;
                default -> {
                    try {
                        yield Integer.parseInt("x");
                    } catch (NumberFormatException e) {
                        yield 40;
                    }
                }
            };
            result.set(i, (float) (sum * scale) + kind + tile[0] + tile[1] + tile[2] + tile[3] + ("" + i).length());
        }
    }

    @Test
    void aRewrittenKernelComputesWhatTheMethodComputes() {
        FloatArray onDevice = new FloatArray(50);
        FloatArray direct = new FloatArray(50);
        Graphs.run(new TaskGraph("graph").task("task", ParallelLoopTest::allKindsOfBytecode, onDevice, 5, 0.25, 3L)
                .transferToHost(EVERY_EXECUTION, onDevice));
        allKindsOfBytecode(direct, 5, 0.25, 3L);
        assertArrayEquals(direct.toHeapArray(), onDevice.toHeapArray());
    }

    private static synchronized void count() {
        calls++;
    }

    private static void counting(IntArray array) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            count();
            array.set(i, calls > 0 ? 1 : 0);
        }
    }

    @Test
    void kernelsUseTheStaticFieldsAndPrivateMethodsOfTheirOwnClass() {
        calls = 0;
        IntArray array = new IntArray(25);
        Graphs.run(Graphs.exchanging(array).task("task", ParallelLoopTest::counting, array));
        assertEquals(25, calls);
        assertArrayEquals(Graphs.times(25, 1), array.toHeapArray());
    }

    private static void withoutLoops(IntArray array) {
        visit(array, 2);
    }

    @Test
    void aKernelWithoutParallelLoopsRunsOnOneThreadOnce() {
        IntArray array = new IntArray(4);
        Graphs.run(Graphs.exchanging(array).task("task", ParallelLoopTest::withoutLoops, array));
        assertArrayEquals(new int[] {0, 0, 1, 0}, array.toHeapArray());
        assertEquals(Map.of(2, "jvm:0, thread 0"), THREAD_OF);
    }

    @Test
    void aLambdaExpressionMayHoldTheLoop() {
        IntArray visits = new IntArray(12);
        Graphs.run(Graphs.exchanging(visits).task("task", (IntArray array, Integer step) -> {
            for (@Parallel int i = 0; i < array.getSize(); i++) {
                visit(array, i);
                array.set(i, array.get(i) * step);
            }
        }, visits, 7));
        assertArrayEquals(Graphs.times(12, 7), visits.toHeapArray());
        assertEquals(Graphs.THREADS, THREAD_OF.values().stream().distinct().count());
    }

    private static void twentyArguments(IntArray sum, int a, long b, float c, double d, byte e, short f, boolean g, char h, int i,
                                        int j, int k, int l, int m, int n, int o, int p, int q, int r, int s) {
        for (@Parallel int x = 0; x < sum.getSize(); x++) {
            sum.set(x, (int) (a + b + c + d + e + f + (g ? 1 : 0) + h + i + j + k + l + m + n + o + p + q + r + s));
        }
    }

    @Test
    void tasksTakeTwentyArgumentsOfAllPrimitiveTypes() {
        IntArray sum = new IntArray(5);
        Graphs.run(Graphs.exchanging(sum).task("task", ParallelLoopTest::twentyArguments, sum, 1, 2L, 3f, 4d, (byte) 5, (short) 6,
                true, (char) 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18));
        assertArrayEquals(Graphs.times(5, 172), sum.toHeapArray());
    }

    @Test
    void theArraysOwnKernelIsSplitToo() {
        FloatArray array = new FloatArray(9);
        Graphs.run(new TaskGraph("graph").task("task", FloatArray::initialize, array, 3f).transferToHost(EVERY_EXECUTION, array));
        assertArrayEquals(Graphs.filled(9, 3).toHeapArray(), array.toHeapArray());
    }

    @Test
    void workIsSharedByAllThreadsOfTheDeviceAgainAndAgain() {
        IntArray visits = new IntArray(64);
        TaskGraph graph = Graphs.exchanging(visits);
        for (int task = 0; task < 200; task++) {
            graph.task("task" + task, ParallelLoopTest::oneDeep, visits);
        }
        Graphs.run(graph);
        assertArrayEquals(Graphs.times(64, 200), visits.toHeapArray());
        assertEquals(Graphs.THREADS, Set.copyOf(THREAD_OF.values()).size());
    }
}
