package alexnet.tornado.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopShareTest {

    @ParameterizedTest
    @CsvSource({"0, 10, 4", "0, 3, 4", "0, 0, 4", "5, 2, 4", "-7, 9, 5", "0, 1000, 7", "0, 1, 1", "2147483640, 2147483647, 3",
            "-2147483648, 2147483647, 4"})
    void threadsTakeContiguousSharesOfEqualSize(int start, int bound, int threads) {
        long iterations = Math.max(0, (long) bound - start);
        int next = start;
        for (int thread = 0; thread < threads; thread++) {
            int first = LoopShare.first(start, bound, thread, threads);
            int end = LoopShare.end(start, bound, thread, threads);
            assertEquals(next, first);
            assertEquals(iterations / threads, (double) ((long) end - first), 1);
            next = end;
        }
        assertEquals(Math.max(start, bound), next);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 12, 64})
    void nestsOfAnyExtentsRunEveryIterationOnce(int threads) {
        for (int x : new int[] {0, 1, 2, 3, 5, 13}) {
            for (int y : new int[] {1, 2, 4, 9}) {
                for (int z : new int[] {1, 3, 10}) {
                    int[] runs = new int[x * y * z];
                    for (int thread = 0; thread < threads; thread++) {
                        runShare(runs, x, y, z, thread, threads);
                    }
                    int[] once = new int[x * y * z];
                    Arrays.fill(once, 1);
                    assertArrayEquals(once, runs, x + " x " + y + " x " + z + " on " + threads);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6})
    void fewOuterIterationsStillKeepAllThreadsBusy(int threads) {
        for (int thread = 0; thread < threads; thread++) {
            int[] runs = new int[2 * 3];
            runShare(runs, 2, 1, 3, thread, threads);
            assertEquals(1, Arrays.stream(runs).max().orElseThrow(), "thread " + thread + " of " + threads);
        }
    }

    private static void runShare(int[] runs, int x, int y, int z, int thread, int threads) {
        int innerThread = LoopShare.innerThread(0, x, thread, threads);
        int innerThreads = LoopShare.innerThreads(0, x, thread, threads);
        for (int i = LoopShare.first(0, x, thread, threads); i < LoopShare.endOfOuter(0, x, thread, threads); i++) {
            int innermostThread = LoopShare.innerThread(0, y, innerThread, innerThreads);
            int innermostThreads = LoopShare.innerThreads(0, y, innerThread, innerThreads);
            for (int j = LoopShare.first(0, y, innerThread, innerThreads); j < LoopShare.endOfOuter(0, y, innerThread, innerThreads); j++) {
                for (int k = LoopShare.first(0, z, innermostThread, innermostThreads);
                        k < LoopShare.end(0, z, innermostThread, innermostThreads); k++) {
                    runs[(i * y + j) * z + k]++;
                }
            }
        }
    }
}
