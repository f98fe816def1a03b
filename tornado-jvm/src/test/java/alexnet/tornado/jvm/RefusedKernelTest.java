package alexnet.tornado.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task1;
import uk.ac.manchester.tornado.api.exceptions.TornadoCompilationException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class RefusedKernelTest {

    private static void inclusive(IntArray array) {
        for (@Parallel int i = 0; i <= array.getSize() - 1; i++) {
            array.set(i, 1);
        }
    }

    private static void byTwo(IntArray array) {
        for (@Parallel int i = 0; i < array.getSize(); i += 2) {
            array.set(i, 1);
        }
    }

    private static void backwards(IntArray array) {
        for (@Parallel int i = array.getSize() - 1; i >= 0; i--) {
            array.set(i, 1);
        }
    }

    private static void leftByBreak(IntArray array) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            if (array.get(i) == 7) {
                break;
            }
        }
    }

    private static void leftByReturn(IntArray array) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            if (array.get(i) == 7) {
                return;
            }
        }
    }

    private static void leftByOuterContinue(IntArray array) {
        outer:
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            for (@Parallel int j = 0; j < 4; j++) {
                if (j > i) {
                    continue outer;
                }
            }
        }
    }

    private static void changedIndex(IntArray array) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            array.set(i, i);
            i++;
        }
    }

    private static void conditionalBound(IntArray array) {
        for (@Parallel int i = 0; i < (array.get(0) > 0 ? 3 : 4); i++) {
            array.set(i, 1);
        }
    }

    private static void movingBound(IntArray array) {
        for (@Parallel int i = 0; i < array.getSize() - i; i++) {
            array.set(i, 1);
        }
    }

    private static void longIndex(IntArray array) {
        for (@Parallel long i = 0; i < array.getSize(); i++) {
            array.set((int) i, 1);
        }
    }

    private static void whileLoop(IntArray array) {
        @Parallel int i = 0;
        while (i < array.getSize()) {
            array.set(i, 1);
            i++;
            array.set(0, 2);
        }
    }

    private static void fourDeep(IntArray array) {
        for (@Parallel int i = 0; i < 2; i++) {
            for (@Parallel int j = 0; j < 2; j++) {
                for (@Parallel int k = 0; k < 2; k++) {
                    for (@Parallel int l = 0; l < 2; l++) {
                        array.set(i + j + k + l, 1);
                    }
                }
            }
        }
    }

    static Stream<Arguments> loops() {
        return Stream.of(
                Arguments.of("inclusive", task(RefusedKernelTest::inclusive), "condition of the form i < bound"),
                Arguments.of("byTwo", task(RefusedKernelTest::byTwo), "does not step by i++"),
                Arguments.of("backwards", task(RefusedKernelTest::backwards), "condition of the form i < bound"),
                Arguments.of("leftByBreak", task(RefusedKernelTest::leftByBreak), "is left by break"),
                Arguments.of("leftByReturn", task(RefusedKernelTest::leftByReturn), "is left by break"),
                Arguments.of("leftByOuterContinue", task(RefusedKernelTest::leftByOuterContinue), "is left by break"),
                Arguments.of("changedIndex", task(RefusedKernelTest::changedIndex), "changes its index"),
                Arguments.of("conditionalBound", task(RefusedKernelTest::conditionalBound), "condition of the form i < bound"),
                Arguments.of("movingBound", task(RefusedKernelTest::movingBound), "condition of the form i < bound"),
                Arguments.of("longIndex", task(RefusedKernelTest::longIndex), "does not have the form"),
                Arguments.of("whileLoop", task(RefusedKernelTest::whileLoop), "does not step by i++"),
                Arguments.of("fourDeep", task(RefusedKernelTest::fourDeep), "more than 3 deep"));
    }

    private static Task1<IntArray> task(Task1<IntArray> code) {
        return code;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loops")
    void loopsThatCannotBeSharedOutAreRefusedByName(String kernel, Task1<IntArray> code, String reason) {
        TornadoCompilationException refusal = assertThrows(TornadoCompilationException.class,
                () -> new TaskGraph("graph").task("task", code, new IntArray(8)));
        assertTrue(refusal.getMessage().contains("RefusedKernelTest." + kernel), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    @Test
    void aRefusalNamesTheLineAndTheVariable() {
        String message = assertThrows(TornadoCompilationException.class,
                () -> new TaskGraph("graph").task("task", RefusedKernelTest::byTwo, new IntArray(8))).getMessage();
        assertTrue(message.matches("RefusedKernelTest.byTwo, line \\d+: the @Parallel loop over i does not step by .*"), message);
    }

    private static void helper(IntArray array) {
        byTwo(array);
    }

    private static void callsLoop(IntArray array) {
        helper(array);
    }

    @Test
    void parallelLoopsOfCalledMethodsAreRefused() {
        assertCompilationFails("calls byTwo, which has @Parallel loops",
                () -> new TaskGraph("graph").task("task", RefusedKernelTest::callsLoop, new IntArray(8)));
        assertCompilationFails("which has @Parallel loops",
                () -> new TaskGraph("graph").task("task", (IntArray array) -> byTwo(array), new IntArray(8)));
    }

    private static void reduces(IntArray array, @Reduce IntArray sum) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            sum.set(0, sum.get(0) + array.get(i));
        }
    }

    private static void mixes(KernelContext context, IntArray array) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            array.set(i, context.globalIdx);
        }
    }

    @Test
    void whatIsNotImplementedIsRefused() {
        assertCompilationFails("does not implement @Reduce",
                () -> new TaskGraph("graph").task("task", RefusedKernelTest::reduces, new IntArray(8), new IntArray(1)));
        assertCompilationFails("both a KernelContext and @Parallel loops",
                () -> new TaskGraph("graph").task("task", RefusedKernelTest::mixes, new KernelContext(), new IntArray(8)));
    }

    private static void assertCompilationFails(String reason, Runnable task) {
        String message = assertThrows(TornadoCompilationException.class, task::run).getMessage();
        assertTrue(message.contains(reason), message);
    }

    private void instanceKernel(IntArray array) {
        array.set(0, 1);
    }

    private static void raw(float[] array) {
        array[0] = 1;
    }

    @Test
    void codeThatIsNoStaticMethodIsRefused() {
        int captured = loops().toList().size();
        assertTaskFails("uses variables from around it",
                () -> new TaskGraph("graph").task("task", (IntArray array) -> array.set(0, captured), new IntArray(8)));
        assertTaskFails("must be a static method",
                () -> new TaskGraph("graph").task("task", this::instanceKernel, new IntArray(8)));
        assertTaskFails("must be a method reference", () -> new TaskGraph("graph").task("task", new Task1<IntArray>() {
            @Override
            public void apply(IntArray array) {
                array.set(0, 1);
            }
        }, new IntArray(8)));
    }

    @Test
    void argumentsThatCannotBePassedAreRefused() {
        assertTaskFails("argument 1 is null", () -> new TaskGraph("graph").task("task", RefusedKernelTest::inclusive, null));
        assertTaskFails("argument 1 is a [F",
                () -> new TaskGraph("graph").task("task", RefusedKernelTest::raw, new float[3]));
    }

    @Test
    void aGraphTakesATaskNameOnce() {
        TaskGraph graph = new TaskGraph("graph").task("task", IntArray::initialize, new IntArray(8), 1);
        assertTaskFails("already", () -> graph.task("task", IntArray::initialize, new IntArray(8), 1));
        assertEquals("graph", graph.getTaskGraphName());
    }

    private static void assertTaskFails(String reason, Runnable task) {
        String message = assertThrows(TornadoTaskRuntimeException.class, task::run).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
