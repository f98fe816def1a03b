package alexnet.tornado.jvm;

/**
 * Which iterations of a parallel loop one thread of several runs. Rewritten kernels call these methods at the entry of a
 * loop over {@code [start, bound)}, with the thread's number among the threads that share the loop.
 *
 * <p>A loop is cut into contiguous shares of equal size, give or take one iteration. A loop around further parallel loops
 * that has fewer iterations than threads gives each iteration to a team of threads instead, which then share the loops
 * inside.
 */
public final class LoopShare {

    private LoopShare() {
    }

    /** The first iteration of the thread. */
    public static int first(int start, int bound, int thread, int threads) {
        return (int) (start + iterations(start, bound) * thread / threads);
    }

    /** The iteration at which the thread ends, of a loop without parallel loops inside. */
    public static int end(int start, int bound, int thread, int threads) {
        return (int) (start + iterations(start, bound) * (thread + 1) / threads);
    }

    /** The iteration at which the thread ends, of a loop around parallel loops. */
    public static int endOfOuter(int start, int bound, int thread, int threads) {
        long iterations = iterations(start, bound);
        if (iterations == 0 || iterations >= threads) {
            return end(start, bound, thread, threads);
        }
        return first(start, bound, thread, threads) + 1;
    }

    /** The thread's number in the team that shares the loops inside. */
    public static int innerThread(int start, int bound, int thread, int threads) {
        long iterations = iterations(start, bound);
        if (iterations == 0 || iterations >= threads) {
            return 0;
        }
        return thread - firstThread(iterations * thread / threads, iterations, threads);
    }

    /** The size of the team that shares the loops inside. */
    public static int innerThreads(int start, int bound, int thread, int threads) {
        long iterations = iterations(start, bound);
        if (iterations == 0 || iterations >= threads) {
            return 1;
        }
        long iteration = iterations * thread / threads;
        return firstThread(iteration + 1, iterations, threads) - firstThread(iteration, iterations, threads);
    }

    private static long iterations(int start, int bound) {
        return Math.max(0, (long) bound - start);
    }

    /** The smallest thread t for which {@code iterations * t / threads} is the iteration. */
    private static int firstThread(long iteration, long iterations, int threads) {
        return (int) Math.ceilDiv(iteration * threads, iterations);
    }
}
