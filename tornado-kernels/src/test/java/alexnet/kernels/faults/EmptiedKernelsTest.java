package alexnet.kernels.faults;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.check.Case;
import alexnet.kernels.check.Cases;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * No kernel goes unchecked: whatever a family adds to a graph as a task, if it did nothing, a case would fail. The kernels are
 * found in the class files, so that a new one that no case runs fails here. Class files are the same for both runtimes, and the
 * JVM's is the fast one.
 */
class EmptiedKernelsTest {

    private static final ClassFile CLASS_FILE = ClassFile.of();
    private static final String TASK_TYPE = "TornadoFunctions$Task";
    /** Written back as they are, arrays are not changed where these do nothing; they count for TornadoVM's transfers only. */
    private static final Set<String> DOING_NOTHING = Set.of("keepFloats", "keepFloats4", "keepFloats12", "keepInts");

    /**
     * A static method that is used as a task.
     *
     * @param family  the family that uses it
     * @param method  owner and name
     * @param callers the methods in which it is added to a graph
     */
    record Kernel(String family, DirectMethodHandleDesc method, Set<String> callers) {

        private String owner() {
            String descriptor = method.owner().descriptorString();
            return descriptor.substring(1, descriptor.length() - 1);
        }

        /** The operations that may run it: those that add it, or any where a helper does. */
        private List<String> operations() {
            List<String> all = Cases.all().stream().map(Case::operation).distinct().toList();
            List<String> adding = all.stream().filter(callers::contains).toList();
            return adding.isEmpty() ? all : adding;
        }

        @Override
        public String toString() {
            return family + ": " + method.owner().displayName() + "." + method.methodName();
        }
    }

    static Stream<Kernel> kernels() throws IOException, URISyntaxException {
        List<Kernel> kernels = new ArrayList<>();
        for (KernelFamily family : KernelFamilies.supportedBy(TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice())) {
            kernels.addAll(kernels(family));
        }
        return kernels.stream().filter(kernel -> !DOING_NOTHING.contains(kernel.method.methodName()));
    }

    private static List<Kernel> kernels(KernelFamily family) throws IOException, URISyntaxException {
        Class<?> type = family.getClass();
        Path classes = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .resolve(type.getPackageName().replace('.', '/'));
        Map<String, Kernel> kernels = new TreeMap<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                for (MethodModel method : CLASS_FILE.parse(file).methods()) {
                    tasks(method).forEach(task -> kernels.computeIfAbsent(task.toString() + task.owner(),
                            _ -> new Kernel(family.name(), task, new TreeSet<>())).callers.add(method.methodName().stringValue()));
                }
            }
        }
        return List.copyOf(kernels.values());
    }

    /** The static methods that a method turns into code of tasks. */
    private static Stream<DirectMethodHandleDesc> tasks(MethodModel method) {
        return method.findAttribute(Attributes.code()).stream().flatMap(code -> code.elementStream())
                .mapMulti((element, sink) -> {
                    if (element instanceof InvokeDynamicInstruction call
                            && call.typeSymbol().returnType().descriptorString().contains(TASK_TYPE)) {
                        for (ConstantDesc argument : call.bootstrapArgs()) {
                            if (argument instanceof DirectMethodHandleDesc handle) {
                                sink.accept(handle);
                            }
                        }
                    }
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kernels")
    void isMissed(Kernel kernel, @TempDir Path classes) throws Exception {
        assumeFalse(TornadoRuntimeProvider.class.getModule().isNamed(), "the class files are the same on both runtimes, and the JVM is the fast one");
        empty(kernel, classes);
        FaultyProgram program = new FaultyProgram(classes);
        for (String operation : kernel.operations()) {
            if (!program.failure(kernel.family(), operation).isEmpty()) {
                return;
            }
        }
        fail("no case of " + String.join(", ", kernel.operations()) + " misses " + kernel);
    }

    /** Writes the kernel's class with nothing in the kernel's body. */
    private static void empty(Kernel kernel, Path classes) throws IOException {
        byte[] original;
        try (var file = EmptiedKernelsTest.class.getClassLoader().getResourceAsStream(kernel.owner() + ".class")) {
            original = file.readAllBytes();
        }
        ClassModel model = CLASS_FILE.parse(original);
        byte[] emptied = CLASS_FILE.transformClass(model, ClassTransform.transformingMethods(
                method -> method.methodName().equalsString(kernel.method.methodName())
                        && method.methodTypeSymbol().descriptorString().equals(kernel.method.lookupDescriptor()),
                (builder, element) -> {
                    if (element instanceof CodeModel) {
                        builder.withCode(code -> code.return_());
                    } else {
                        builder.with(element);
                    }
                }));
        Path target = classes.resolve(kernel.owner() + ".class");
        Files.createDirectories(target.getParent());
        Files.write(target, emptied);
    }
}
