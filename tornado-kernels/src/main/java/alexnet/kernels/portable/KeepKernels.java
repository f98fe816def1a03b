package alexnet.kernels.portable;

import java.util.List;
import java.util.stream.Stream;

import alexnet.kernels.GraphBuilder;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Tasks that write the first element of arrays {@code [length]} back as it is, so that the arrays count as used and changed by
 * their graph. TornadoVM compiles every task anew, and a network has hundreds of arrays, so a task takes as many as it can.
 */
final class KeepKernels {

    /** Some releases of TornadoVM take no more than 15 arguments. */
    private static final int MANY = 12;
    private static final int SOME = 4;

    private KeepKernels() {
    }

    static void add(GraphBuilder builder, String task, List<?> arrays) {
        arrays.stream().filter(array -> !(array instanceof FloatArray || array instanceof IntArray)).findFirst().ifPresent(other -> {
            throw new IllegalArgumentException("keep: " + other.getClass().getSimpleName() + " is neither a FloatArray nor an IntArray");
        });
        addFloats(builder, task + "Floats", only(FloatArray.class, arrays));
        List<IntArray> integers = only(IntArray.class, arrays);
        for (int i = 0; i < integers.size(); i++) {
            builder.graph().task(task + "Ints" + i, KeepKernels::keepInts, integers.get(i));
        }
    }

    private static <T> List<T> only(Class<T> type, List<?> arrays) {
        return arrays.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The last task takes arrays of the one before again where too few are left: keeping them twice does no harm. */
    private static void addFloats(GraphBuilder builder, String task, List<FloatArray> all) {
        int size = Stream.of(MANY, SOME, 1).filter(each -> each <= all.size()).findFirst().orElse(1);
        for (int from = 0; from < all.size(); from += size) {
            int start = Math.min(from, all.size() - size);
            addFloats(builder.graph(), task + from, all.subList(start, start + size));
        }
    }

    private static void addFloats(TaskGraph graph, String task, List<FloatArray> a) {
        switch (a.size()) {
            case MANY -> graph.task(task, KeepKernels::keepFloats12, a.get(0), a.get(1), a.get(2), a.get(3), a.get(4), a.get(5),
                    a.get(6), a.get(7), a.get(8), a.get(9), a.get(10), a.get(11));
            case SOME -> graph.task(task, KeepKernels::keepFloats4, a.get(0), a.get(1), a.get(2), a.get(3));
            default -> graph.task(task, KeepKernels::keepFloats, a.getFirst());
        }
    }

    static void keepFloats(FloatArray array) {
        for (@Parallel int i = 0; i < 1; i++) {
            array.set(i, array.get(i));
        }
    }

    static void keepFloats4(FloatArray a0, FloatArray a1, FloatArray a2, FloatArray a3) {
        for (@Parallel int i = 0; i < 1; i++) {
            a0.set(i, a0.get(i));
            a1.set(i, a1.get(i));
            a2.set(i, a2.get(i));
            a3.set(i, a3.get(i));
        }
    }

    static void keepFloats12(FloatArray a0, FloatArray a1, FloatArray a2, FloatArray a3, FloatArray a4, FloatArray a5,
                             FloatArray a6, FloatArray a7, FloatArray a8, FloatArray a9, FloatArray a10,
                             FloatArray a11) {
        for (@Parallel int i = 0; i < 1; i++) {
            a0.set(i, a0.get(i));
            a1.set(i, a1.get(i));
            a2.set(i, a2.get(i));
            a3.set(i, a3.get(i));
            a4.set(i, a4.get(i));
            a5.set(i, a5.get(i));
            a6.set(i, a6.get(i));
            a7.set(i, a7.get(i));
            a8.set(i, a8.get(i));
            a9.set(i, a9.get(i));
            a10.set(i, a10.get(i));
            a11.set(i, a11.get(i));
        }
    }

    static void keepInts(IntArray array) {
        for (@Parallel int i = 0; i < 1; i++) {
            array.set(i, array.get(i));
        }
    }
}
