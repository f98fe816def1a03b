package alexnet.tornado.jvm;

import java.lang.invoke.MethodHandle;

/** A kernel that is ready to run; which of the three kinds it is depends on how it was written. */
sealed interface Kernel {

    /**
     * A kernel with {@code @Parallel} loops.
     *
     * @param code {@code (Object[] arguments, int thread, int threads) void}
     */
    record Looping(MethodHandle code) implements Kernel {
        void run(Object[] arguments, int thread, int threads) throws Throwable {
            code.invokeExact(arguments, thread, threads);
        }
    }

    /**
     * A kernel for one work-item.
     *
     * @param code    {@code (Object[] arguments) void}
     * @param context the place of the KernelContext among the arguments
     */
    record PerItem(MethodHandle code, int context) implements Kernel {
        void run(Object[] arguments) throws Throwable {
            code.invokeExact(arguments);
        }
    }

    /**
     * A kernel with neither, which one thread runs once.
     *
     * @param code {@code (Object[] arguments) void}
     */
    record Single(MethodHandle code) implements Kernel {
        void run(Object[] arguments) throws Throwable {
            code.invokeExact(arguments);
        }
    }
}
