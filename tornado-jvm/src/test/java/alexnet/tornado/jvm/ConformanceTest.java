package alexnet.tornado.jvm;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * Compares everything public or protected in this module's {@code uk.ac.manchester.tornado.api} with the API of a TornadoVM
 * SDK, from the class files alone. What this module leaves out is no difference; what it has must be the SDK's.
 */
class ConformanceTest {

    private static final String API = "uk/ac/manchester/tornado/api";
    private static final int VISIBLE = ClassFile.ACC_PUBLIC | ClassFile.ACC_PROTECTED;
    private static final int COMPARED = VISIBLE | ClassFile.ACC_STATIC | ClassFile.ACC_ABSTRACT;
    private static final int KIND = ClassFile.ACC_INTERFACE | ClassFile.ACC_ABSTRACT | ClassFile.ACC_ENUM | ClassFile.ACC_ANNOTATION;

    private final List<String> differences = new ArrayList<>();

    private static Optional<Path> sdk() throws IOException {
        String jar = System.getProperty("tornado.api.jar");
        if (jar != null) {
            return Optional.of(Path.of(jar));
        }
        String home = System.getenv("TORNADOVM_HOME");
        if (home == null) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(Path.of(home, "share", "java", "tornado"))) {
            return files.filter(file -> file.getFileName().toString().matches("tornado-api-.*\\.jar")).findFirst();
        }
    }

    @Test
    void everythingInTheApiIsTheSdks() throws Exception {
        Optional<Path> jar = sdk();
        assumeTrue(jar.isPresent(), "no TornadoVM SDK to compare with: set TORNADOVM_HOME, or -Dtornado.api.jar=FILE");
        try (FileSystem files = FileSystems.newFileSystem(jar.get())) {
            Map<String, ClassModel> theirs = classes(files.getPath("/"));
            Map<String, ClassModel> ours = classes(Path.of(TaskGraph.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
            assertFalse(ours.isEmpty());
            ours.values().stream().filter(own -> visible(flags(own))).forEach(own -> compare(own, theirs));
        }
        assertEquals(List.of(), differences);
    }

    private static Map<String, ClassModel> classes(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(API))) {
            return files.filter(file -> file.toString().endsWith(".class")).map(ConformanceTest::parse)
                    .collect(toMap(model -> model.thisClass().asInternalName(), Function.identity()));
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(ClassModel own, Map<String, ClassModel> theirs) {
        String name = own.thisClass().asInternalName();
        ClassModel other = theirs.get(name);
        if (other == null) {
            differences.add(name + " is not in the SDK");
            return;
        }
        check(name, "kind and access", flags(own) & (KIND | COMPARED), flags(other) & (KIND | COMPARED));
        boolean closed = isFinal(flags(other)) || other.findAttribute(Attributes.permittedSubclasses()).isPresent();
        if (isFinal(flags(own)) && !closed || isFinal(flags(other)) && !isFinal(flags(own))) {
            differences.add(name + ": final");
        }
        check(name, "superclass", own.superclass().map(ClassEntry::asInternalName), other.superclass().map(ClassEntry::asInternalName));
        for (String type : interfaces(own)) {
            if (!interfaces(other).contains(type) && !isSerializableTask(name, type)) {
                differences.add(name + " implements " + type);
            }
        }
        own.fields().stream().filter(field -> visible(field.flags().flagsMask())).forEach(field -> compare(name, field, other));
        own.methods().stream().filter(method -> visible(method.flags().flagsMask()) && !isSynthetic(method))
                .forEach(method -> compare(name, method, other, theirs));
        check(name, "annotations", annotations(own), annotations(other));
        if ((flags(own) & ClassFile.ACC_ENUM) != 0) {
            constants(own).stream().filter(constant -> !constants(other).contains(constant))
                    .forEach(constant -> differences.add(name + "." + constant + " is not in the SDK"));
        }
    }

    /** From TornadoVM 6 on a task has to be serialisable; on 5 it may be. */
    private static boolean isSerializableTask(String name, String type) {
        return name.startsWith(API + "/common/TornadoFunctions$Task") && type.equals(Serializable.class.getName().replace('.', '/'));
    }

    private void compare(String owner, FieldModel own, ClassModel other) {
        String name = owner + "." + own.fieldName().stringValue();
        FieldModel found = other.fields().stream().filter(field -> field.fieldName().equals(own.fieldName())).findFirst().orElse(null);
        if (found == null) {
            differences.add(name + " is not in the SDK");
            return;
        }
        int compared = COMPARED | ClassFile.ACC_FINAL;
        check(name, "access", own.flags().flagsMask() & compared, found.flags().flagsMask() & compared);
        check(name, "type", own.fieldType().stringValue(), found.fieldType().stringValue());
        check(name, "value", constant(own), constant(found));
    }

    private void compare(String owner, MethodModel own, ClassModel other, Map<String, ClassModel> theirs) {
        String name = owner + "." + own.methodName().stringValue() + own.methodType().stringValue();
        MethodModel found = inherited(own, other, theirs);
        if (found == null) {
            if (!isObjectMethod(own)) {
                differences.add(name + " is not in the SDK");
            }
            return;
        }
        int compared = COMPARED | ClassFile.ACC_VARARGS;
        check(name, "access", own.flags().flagsMask() & compared, found.flags().flagsMask() & compared);
        check(name, "exceptions", exceptions(own), exceptions(found));
    }

    private static MethodModel inherited(MethodModel own, ClassModel type, Map<String, ClassModel> theirs) {
        for (ClassModel at = type; at != null; at = at.superclass().map(entry -> theirs.get(entry.asInternalName())).orElse(null)) {
            Optional<MethodModel> found = at.methods().stream().filter(method -> method.methodName().equals(own.methodName())
                    && method.methodType().equals(own.methodType())).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return null;
    }

    private static boolean isObjectMethod(MethodModel method) {
        return Stream.of(Object.class.getMethods()).anyMatch(other -> method.methodName().equalsString(other.getName())
                && method.methodTypeSymbol().equals(java.lang.constant.MethodTypeDesc.ofDescriptor(
                        java.lang.invoke.MethodType.methodType(other.getReturnType(), other.getParameterTypes()).toMethodDescriptorString())));
    }

    private void check(String name, String what, Object own, Object other) {
        if (!Objects.equals(own, other)) {
            differences.add(name + ": " + what + " " + own + ", the SDK has " + other);
        }
    }

    /** The flags of the declaration, which for a nested class stand elsewhere. */
    private static int flags(ClassModel model) {
        return model.findAttribute(Attributes.innerClasses()).stream().flatMap(attribute -> attribute.classes().stream())
                .filter(nested -> nested.innerClass().equals(model.thisClass())).findFirst()
                .map(InnerClassInfo::flagsMask).orElse(model.flags().flagsMask());
    }

    private static boolean visible(int flags) {
        return (flags & VISIBLE) != 0;
    }

    private static boolean isFinal(int flags) {
        return (flags & ClassFile.ACC_FINAL) != 0;
    }

    private static boolean isSynthetic(MethodModel method) {
        return (method.flags().flagsMask() & (ClassFile.ACC_SYNTHETIC | ClassFile.ACC_BRIDGE)) != 0;
    }

    private static TreeSet<String> interfaces(ClassModel model) {
        return model.interfaces().stream().map(ClassEntry::asInternalName).collect(toCollection(TreeSet::new));
    }

    private static Optional<String> constant(FieldModel field) {
        return field.findAttribute(Attributes.constantValue()).map(value -> value.constant().constantValue().toString());
    }

    private static List<String> constants(ClassModel model) {
        return model.fields().stream().filter(field -> (field.flags().flagsMask() & ClassFile.ACC_ENUM) != 0)
                .map(field -> field.fieldName().stringValue()).toList();
    }

    private static TreeSet<String> exceptions(MethodModel method) {
        return method.findAttribute(Attributes.exceptions()).stream().flatMap(attribute -> attribute.exceptions().stream())
                .map(ClassEntry::asInternalName).collect(toCollection(TreeSet::new));
    }

    /** Where an annotation may stand and how long it is kept; the order of elements is the sources'. */
    private static TreeSet<String> annotations(ClassModel model) {
        if ((model.flags().flagsMask() & ClassFile.ACC_ANNOTATION) == 0) {
            return new TreeSet<>();
        }
        return model.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream()).map(Object::toString).collect(toCollection(TreeSet::new));
    }
}
