package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.FullyConnectedAlgorithm;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.portable.PortableKernels;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

class CasesTest {

    private static Set<String> operations() {
        return Stream.of(KernelFamily.class.getMethods()).filter(CasesTest::isOperation).map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Operations add tasks to a graph; what else there is to a family tells something of it. */
    private static boolean isOperation(Method method) {
        return method.getReturnType() == void.class;
    }

    @Test
    void everyOperationHasCases() {
        for (List<Case> cases : List.of(Cases.all(), Cases.thorough(), Cases.quick())) {
            assertEquals(operations(), new TreeSet<>(cases.stream().map(Case::operation).toList()));
        }
    }

    static Stream<Case> oneOfEachOperation() {
        Set<String> seen = new HashSet<>();
        return Cases.all().stream().filter(check -> seen.add(check.operation()));
    }

    @ParameterizedTest
    @MethodSource("oneOfEachOperation")
    void aCaseRunsTheOperationThatItIsNamedAfter(Case check) {
        assumeFalse(TornadoRuntimeProvider.class.getModule().isNamed(), "the same on both runtimes, and the JVM is the fast one");
        Set<String> called = new TreeSet<>();
        KernelFamily portable = new PortableKernels();
        KernelFamily recording = recording(KernelFamily.class, portable, method -> {
            if (isOperation(method)) {
                called.add(method.getName());
            }
        }, result -> result instanceof List<?> algorithms
                ? algorithms.stream().map(algorithm -> recorded(algorithm, check.operation(), called)).toList() : result);
        for (Case.Way way : check.ways().apply(recording)) {
            called.clear();
            way.run(TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice());
            // Every experiment keeps its outputs.
            assertEquals(new TreeSet<>(List.of("keep", check.operation())), called);
        }
    }

    /** An algorithm whose passes count as the operations that they are one of. */
    private static Object recorded(Object algorithm, String operation, Set<String> called) {
        String kind = operation.startsWith("convolution") ? "convolution" : "fullyConnected";
        Class<?> type = kind.equals("convolution") ? ConvolutionAlgorithm.class : FullyConnectedAlgorithm.class;
        return recording(type, algorithm, method -> {
            if (isOperation(method)) {
                called.add(kind + method.getName().substring(0, 1).toUpperCase(Locale.ROOT) + method.getName().substring(1));
            }
        }, result -> result);
    }

    private static <T> T recording(Class<T> type, Object of, Consumer<Method> calls, UnaryOperator<Object> results) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            calls.accept(method);
            try {
                return results.apply(method.invoke(of, arguments));
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }));
    }

    @Test
    void noTwoCasesAreTheSame() {
        for (List<Case> cases : List.of(Cases.thorough(), Cases.quick())) {
            assertEquals(cases.size(), cases.stream().map(Case::toString).distinct().count());
        }
    }

    @Test
    void aMixtureHasEveryKindOfValue() {
        Set<Double> values = Arrays.stream(new Numbers(1).mixture(1, 1000, 1, 1e30, i -> i)).boxed().collect(Collectors.toSet());
        assertTrue(values.containsAll(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0)));
        assertTrue(values.stream().anyMatch(value -> value > 1e29 && value < 1e30));
        assertTrue(values.stream().anyMatch(value -> value > 0 && value < Float.MIN_NORMAL));
    }
}
