package alexnet.tornado.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Reduce;
import uk.ac.manchester.tornado.api.exceptions.TornadoCompilationException;

/**
 * Makes kernels of methods, once for each method. A method with {@code @Parallel} loops is copied into a hidden class of
 * its own, a nestmate of the original class, by {@link LoopSplitter}; fields and other methods remain those of the original.
 */
final class KernelCompiler {

    private static final String REDUCE = Reduce.class.descriptorString();
    private static final ClassFile CLASS_FILE = ClassFile.of();
    private static final Map<KernelReference, Kernel> KERNELS = new ConcurrentHashMap<>();

    private final KernelReference reference;
    private final Map<String, ClassModel> classes = new HashMap<>();

    private KernelCompiler(KernelReference reference) {
        this.reference = reference;
    }

    /** The kernel of a method. */
    static Kernel compile(KernelReference reference) {
        return KERNELS.computeIfAbsent(reference, method -> new KernelCompiler(method).compile());
    }

    private Kernel compile() {
        String owner = reference.owner().getName().replace('.', '/');
        ClassModel model = model(owner);
        if (model == null) {
            throw new TornadoCompilationException(reference + ": the class file of " + reference.owner().getName()
                    + " cannot be found");
        }
        MethodModel method = method(model, reference.name(), reference.type().toMethodDescriptorString());
        refuseReductions(method);
        refuseHiddenLoops(method, new HashSet<>(Set.of(owner + key(method))));
        int context = reference.type().parameterList().indexOf(KernelContext.class);
        boolean loops = ParallelLoops.present(method);
        if (loops && context >= 0) {
            throw new TornadoCompilationException(reference + " has both a KernelContext and @Parallel loops; choose one");
        }
        if (loops) {
            return new Kernel.Looping(spread(split(method)));
        }
        MethodHandle code = spread(original());
        return context >= 0 ? new Kernel.PerItem(code, context) : new Kernel.Single(code);
    }

    private MethodHandle split(MethodModel method) {
        CodeAttribute code = method.findAttribute(Attributes.code()).orElseThrow();
        List<ParallelLoops.Loop> loops = ParallelLoops.of(reference.toString(), code);
        MethodType type = reference.type().appendParameterTypes(int.class, int.class);
        ClassLoader loader = reference.owner().getClassLoader();
        ClassHierarchyResolver hierarchy = ClassHierarchyResolver.ofResourceParsing(loader)
                .orElse(ClassHierarchyResolver.defaultResolver());
        ClassDesc name = ClassDesc.of(reference.owner().getName() + "$" + reference.name());
        byte[] bytes = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy)).build(name, builder ->
                builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC)
                        .withMethod(reference.name(), type.describeConstable().orElseThrow(), ClassFile.ACC_STATIC,
                                body -> body.transformCode(code, new LoopSplitter(code, reference.type(), loops))));
        try {
            MethodHandles.Lookup hidden = lookup().defineHiddenClass(bytes, true, MethodHandles.Lookup.ClassOption.NESTMATE);
            return hidden.findStatic(hidden.lookupClass(), reference.name(), type);
        } catch (IllegalAccessException e) {
            TornadoCompilationException failure = new TornadoCompilationException(reference + " cannot be compiled: its class and "
                    + "tornado-jvm must come from the same class loader and module, as where both are on the class path");
            failure.initCause(e);
            throw failure;
        } catch (ReflectiveOperationException e) {
            throw failed(e);
        }
    }

    private MethodHandle original() {
        try {
            return lookup().findStatic(reference.owner(), reference.name(), reference.type());
        } catch (ReflectiveOperationException e) {
            throw failed(e);
        }
    }

    private MethodHandles.Lookup lookup() throws IllegalAccessException {
        return MethodHandles.privateLookupIn(reference.owner(), MethodHandles.lookup());
    }

    private TornadoCompilationException failed(Exception cause) {
        TornadoCompilationException failure = new TornadoCompilationException(reference + " cannot be compiled: " + cause);
        failure.initCause(cause);
        return failure;
    }

    /** The code with the kernel's arguments in an array, before the two of a rewritten kernel. */
    private MethodHandle spread(MethodHandle code) {
        MethodType own = reference.type().generic().changeReturnType(void.class);
        List<Class<?>> added = code.type().parameterList().subList(own.parameterCount(), code.type().parameterCount());
        return code.asType(own.appendParameterTypes(added)).asSpreader(0, Object[].class, own.parameterCount());
    }

    private void refuseReductions(MethodModel method) {
        boolean reduces = method.findAttribute(Attributes.runtimeVisibleParameterAnnotations()).stream()
                .flatMap(attribute -> attribute.parameterAnnotations().stream().flatMap(List::stream))
                .anyMatch(annotation -> annotation.className().equalsString(REDUCE));
        if (reduces) {
            throw new TornadoCompilationException(reference + ": tornado-jvm does not implement @Reduce; "
                    + "sum parts in one task and the parts in a second");
        }
    }

    /** Loops of called methods are not shared out, so that the kernel would run them on every thread. */
    private void refuseHiddenLoops(MethodModel caller, Set<String> seen) {
        for (CodeElement element : caller.code().map(code -> code.elementList()).orElse(List.of())) {
            if (element instanceof InvokeInstruction call && seen.add(call.owner().asInternalName() + key(call))) {
                MethodModel called = called(call);
                if (called == null) {
                    continue;
                }
                if (ParallelLoops.present(called)) {
                    throw new TornadoCompilationException(reference + " calls " + call.name().stringValue()
                            + ", which has @Parallel loops: only the loops of the method that a task"
                            + " itself refers to are shared out");
                }
                refuseHiddenLoops(called, seen);
            }
        }
    }

    private MethodModel called(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        ClassModel model = isLibrary(owner) ? null : model(owner);
        return model == null ? null : method(model, call.name().stringValue(), call.type().stringValue());
    }

    private static boolean isLibrary(String owner) {
        return Stream.of("[", "java/", "jdk/", "uk/ac/manchester/tornado/api/").anyMatch(owner::startsWith);
    }

    private static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private static String key(InvokeInstruction call) {
        return call.name().stringValue() + call.type().stringValue();
    }

    private static MethodModel method(ClassModel model, String name, String type) {
        return model.methods().stream()
                .filter(method -> method.methodName().equalsString(name) && method.methodType().equalsString(type))
                .findFirst().orElse(null);
    }

    private ClassModel model(String internalName) {
        return classes.computeIfAbsent(internalName, name -> {
            ClassLoader loader = reference.owner().getClassLoader();
            try (InputStream file = loader == null ? null : loader.getResourceAsStream(name + ".class")) {
                return file == null ? null : CLASS_FILE.parse(file.readAllBytes());
            } catch (IOException e) {
                throw failed(e);
            }
        });
    }
}
