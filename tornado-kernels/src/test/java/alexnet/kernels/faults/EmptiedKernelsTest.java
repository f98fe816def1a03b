package alexnet.kernels.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.FullyConnectedAlgorithm;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.check.Case;
import alexnet.kernels.check.Cases;
import alexnet.kernels.host.HostKernels;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * No kernel goes unchecked: whatever a family adds to a graph as a task, if it did nothing, a case would fail. The kernels are
 * found in the class files, so that a new one that no case runs fails here. Class files are the same for both runtimes, and the
 * JVM's is the fast one.
 */
class EmptiedKernelsTest {

    private static final ClassFile CLASS_FILE = ClassFile.of();
    private static final String THREADS = "tornado.jvm.threads";
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
    record Kernel(String family, DirectMethodHandleDesc method, Set<Caller> callers) {

        private String owner() {
            return name(method.owner());
        }

        @Override
        public String toString() {
            return family + ": " + method.owner().displayName() + "." + method.methodName();
        }
    }

    /** A method that adds tasks to graphs, or calls one that does. */
    record Caller(String owner, String method) {

        /** The operation that it is: one of a family, or a pass of an algorithm; nothing where it only helps others. */
        Optional<String> operation() {
            try {
                Class<?> type = Class.forName(owner.replace('/', '.'));
                String pass = method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
                String operation = ConvolutionAlgorithm.class.isAssignableFrom(type) ? "convolution" + pass
                        : FullyConnectedAlgorithm.class.isAssignableFrom(type) ? "fullyConnected" + pass
                        : KernelFamily.class.isAssignableFrom(type) ? method : "";
                return Optional.of(operation).filter(OPERATIONS::contains);
            } catch (ClassNotFoundException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    private static final Set<String> OPERATIONS = Cases.all().stream().map(Case::operation).collect(Collectors.toCollection(TreeSet::new));

    /** The classes of one family: what is used as a task where, and which method calls which. */
    private static final class Program {

        private final String family;
        private final Map<String, Kernel> kernels = new TreeMap<>();
        private final Map<Caller, Set<Caller>> callers = new HashMap<>();

        Program(KernelFamily family) throws IOException, URISyntaxException {
            this.family = family.name();
            Class<?> type = family.getClass();
            Path classes = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .resolve(type.getPackageName().replace('.', '/'));
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    read(CLASS_FILE.parse(file));
                }
            }
        }

        private void read(ClassModel type) {
            for (MethodModel method : type.methods()) {
                Caller caller = new Caller(type.thisClass().asInternalName(), method.methodName().stringValue());
                for (CodeElement element : method.findAttribute(Attributes.code()).map(CodeModel::elementList).orElse(List.of())) {
                    if (element instanceof InvokeInstruction call) {
                        callers.computeIfAbsent(new Caller(call.owner().asInternalName(), call.name().stringValue()), _ -> new HashSet<>())
                                .add(caller);
                    } else if (element instanceof InvokeDynamicInstruction call
                            && call.typeSymbol().returnType().descriptorString().contains(TASK_TYPE)) {
                        for (ConstantDesc argument : call.bootstrapArgs()) {
                            if (argument instanceof DirectMethodHandleDesc task) {
                                kernels.computeIfAbsent(task.toString() + task.owner(), _ -> new Kernel(family, task, new HashSet<>()))
                                        .callers.add(caller);
                            }
                        }
                    }
                }
            }
        }

        /** The operations that run it: those in which it is added to a graph, or whose helpers add it. */
        Set<String> operations(Kernel kernel) {
            Set<String> operations = new TreeSet<>();
            Set<Caller> seen = new HashSet<>();
            Deque<Caller> open = new ArrayDeque<>(kernel.callers);
            while (!open.isEmpty()) {
                Caller caller = open.pop();
                if (seen.add(caller)) {
                    caller.operation().ifPresentOrElse(operations::add, () -> open.addAll(callers.getOrDefault(caller, Set.of())));
                }
            }
            return operations;
        }
    }

    private static String name(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }

    /** Some kernels are only run where there are more threads than blocks; programs with a fault ask for threads of their own. */
    @BeforeAll
    static void askForThreads() {
        TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
        System.setProperty(THREADS, "3");
    }

    @AfterAll
    static void askForNoThreads() {
        System.clearProperty(THREADS);
    }

    static Stream<Arguments> kernels() throws IOException, URISyntaxException {
        List<Arguments> kernels = new ArrayList<>();
        for (KernelFamily family : KernelFamilies.supportedBy(TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice())) {
            Program program = new Program(family);
            program.kernels.values().stream().filter(kernel -> !DOING_NOTHING.contains(kernel.method.methodName()))
                    .forEach(kernel -> kernels.add(Arguments.of(kernel, program.operations(kernel))));
        }
        return kernels.stream();
    }

    /** Of the families' folders the ones within too. */
    @Test
    void findsKernelsWhereverTheyAre() throws IOException, URISyntaxException {
        Program host = new Program(new HostKernels(1, AlgorithmChoice.AUTO));
        Map<String, Set<String>> operations = new TreeMap<>();
        host.kernels.values().forEach(kernel -> operations.put(kernel.toString(), host.operations(kernel)));
        assertEquals(Set.of("convolutionForward", "convolutionInputGradient"), operations.get("host: WinogradKernels.weights"));
        assertEquals(Set.of("convolutionWeightGradient"), operations.get("host: GradientKernels.products"));
        assertEquals(Set.of("sgd"), operations.get("host: ArrayKernels.sgd"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kernels")
    void isMissed(Kernel kernel, Set<String> operations, @TempDir Path classes) throws Exception {
        assumeFalse(TornadoRuntimeProvider.class.getModule().isNamed(), "the class files are the same on both runtimes, and the JVM is the fast one");
        empty(kernel, classes);
        FaultyProgram program = new FaultyProgram(classes);
        for (String operation : operations) {
            if (!program.failure(kernel.family(), operation).isEmpty()) {
                return;
            }
        }
        fail("no case of " + String.join(", ", operations) + " misses " + kernel);
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
