package alexnet.tornado.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassSignature;
import java.lang.classfile.Interfaces;
import java.lang.classfile.attribute.SignatureAttribute;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.common.TornadoFunctions;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;

/** Classes that were compiled against an API whose task interfaces are not serialisable, as TornadoVM 5's are not. */
class ForeignTaskTest {

    private static final String PROGRAM = """
            import uk.ac.manchester.tornado.api.*;
            import uk.ac.manchester.tornado.api.annotations.Parallel;
            import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task2;
            import uk.ac.manchester.tornado.api.types.arrays.IntArray;

            public class Program {
                static void add(IntArray array, int value) {
                    for (@Parallel int i = 0; i < array.getSize(); i++) {
                        array.set(i, array.get(i) + value);
                    }
                }

                static void one(IntArray array) {
                    array.set(0, array.get(0) + 1);
                }

                static TaskGraph graph(IntArray array) {
                    return new TaskGraph("graph").transferToDevice(1, array).transferToHost(1, array);
                }

                public static String severalTasks() {
                    IntArray array = new IntArray(5);
                    int[] values = {3, 4};
                    TaskGraph graph = graph(array).task("one", Program::one, array)
                            .task("add" + values.length, Program::add, array, Math.abs(-values[0]) * 2 + array.getSize())
                            .task("lambda", (IntArray a, Integer b) -> a.set(1, b), array, Integer.valueOf(70));
                    new TornadoExecutionPlan(graph.snapshot()).execute();
                    return array.get(0) + " " + array.get(1) + " " + array.get(4);
                }

                public static String throughVariable() {
                    IntArray array = new IntArray(5);
                    Task2<IntArray, Integer> code = Program::add;
                    graph(array).task("task", code, array, 1);
                    return "";
                }

                public static String withCondition() {
                    IntArray array = new IntArray(5);
                    graph(array).task("task", Program::add, array, array.getSize() > 2 ? 1 : 2);
                    return "";
                }

                public static String capturing() {
                    IntArray array = new IntArray(5);
                    int value = array.getSize();
                    graph(array).task("task", (IntArray a) -> a.set(0, value), array);
                    return "";
                }
            }
            """;

    @TempDir
    private Path folder;
    private URLClassLoader loader;
    private Class<?> program;

    @BeforeEach
    void compile() throws Exception {
        Path api = folder.resolve("api");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        for (Class<?> nested : TornadoFunctions.class.getDeclaredClasses()) {
            withoutSerializable(nested, api);
        }
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return PROGRAM;
            }
        };
        Path runtime = Path.of(TornadoFunctions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        assertTrue(ToolProvider.getSystemJavaCompiler().getTask(null, null, null,
                List.of("-g", "-d", classes.toString(), "-cp", api + File.pathSeparator + runtime), null, List.of(source)).call());
        // Kernels are rewritten as members of their own nest, for which they have to come from the runtime's class loader.
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL(), runtime.toUri().toURL()},
                ClassLoader.getPlatformClassLoader());
        program = loader.loadClass("Program");
    }

    @AfterEach
    void closeLoader() throws IOException {
        loader.close();
    }

    private static void withoutSerializable(Class<?> type, Path folder) throws IOException {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream stream = type.getClassLoader().getResourceAsStream(file)) {
            ClassModel model = ClassFile.of().parse(stream.readAllBytes());
            byte[] bytes = ClassFile.of().transformClass(model, (builder, element) -> {
                switch (element) {
                    case Interfaces _ -> { }
                    case SignatureAttribute signature -> builder.with(SignatureAttribute.of(ClassSignature.of(
                            signature.asClassSignature().typeParameters(), signature.asClassSignature().superclassSignature())));
                    default -> builder.with(element);
                }
            });
            Files.createDirectories(folder.resolve(file).getParent());
            Files.write(folder.resolve(file), bytes);
        }
    }

    private String call(String method) throws ReflectiveOperationException {
        return (String) program.getMethod(method).invoke(null);
    }

    @Test
    void theKernelIsReadFromTheCallThatAddsTheTask() throws Exception {
        assertEquals("12 70 11", call("severalTasks"));
    }

    @Test
    void aKernelThatCannotBeSeenInTheCallIsAnError() {
        for (String method : new String[] {"throughVariable", "withCondition"}) {
            assertFails("task graph.task: which kernel it stands for cannot be seen in Program." + method, method);
        }
        assertFails("uses variables from around it", "capturing");
    }

    private void assertFails(String reason, String method) {
        Throwable failure = assertThrows(ReflectiveOperationException.class, () -> call(method)).getCause();
        assertEquals(TornadoTaskRuntimeException.class.getName(), failure.getClass().getName(), failure.getMessage());
        assertTrue(failure.getMessage().contains(reason), failure.getMessage());
    }
}
