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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.portable.PortableKernels;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

class CasesTest {

    private static Set<String> operations() {
        return Stream.of(KernelFamily.class.getMethods()).filter(CasesTest::isOperation).map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOperation(Method method) {
        return List.of(method.getParameterTypes()).contains(GraphBuilder.class);
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
        KernelFamily recording = (KernelFamily) Proxy.newProxyInstance(KernelFamily.class.getClassLoader(),
                new Class<?>[] {KernelFamily.class}, (_, method, arguments) -> {
                    if (isOperation(method)) {
                        called.add(method.getName());
                    }
                    try {
                        return method.invoke(portable, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
        check.run(recording, TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice());
        // Every experiment keeps its outputs.
        assertEquals(new TreeSet<>(List.of("keep", check.operation())), called);
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
