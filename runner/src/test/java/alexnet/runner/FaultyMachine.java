package alexnet.runner;

import static java.lang.constant.ConstantDescs.CD_void;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicInteger;

import alexnet.core.data.feed.Batch;
import alexnet.core.group.Link;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The program on a machine with little memory for images, and with devices of which one fails: the system property {@code fault}
 * says how, {@code at} before which of all the graphs that are started; load and save have graphs, too.
 */
public final class FaultyMachine {

    private static final String PLAN = "alexnet.core.group.DevicePlan";
    private static final String DECODING = "alexnet.core.data.feed.Decoding";
    private static final AtomicInteger STARTED = new AtomicInteger();

    private FaultyMachine() {
    }

    /** Changes classes before anyone has loaded them. */
    public static void main(String[] arguments) throws IOException, IllegalAccessException {
        replace(Link.class, PLAN, "execute", new CodeTransform() {

            @Override
            public void atStart(CodeBuilder code) {
                code.invokestatic(ClassDesc.of(FaultyMachine.class.getName()), "starting", MethodTypeDesc.of(CD_void));
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                code.with(element);
            }
        });
        replace(Batch.class, DECODING, "cacheBytes", new CodeTransform() {

            @Override
            public void atStart(CodeBuilder code) {
                code.lconst_0().lreturn();
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                // What it did before is left out.
            }
        });
        Main.main(arguments);
    }

    /** @param neighbour a class of the same package */
    private static void replace(Class<?> neighbour, String name, String method, CodeTransform change) throws IOException, IllegalAccessException {
        ClassTransform changed = (builder, element) -> {
            if (element instanceof MethodModel model && model.methodName().equalsString(method)) {
                builder.transformMethod(model, (methodBuilder, part) -> {
                    if (part instanceof CodeModel code) {
                        methodBuilder.transformCode(code, change);
                    } else {
                        methodBuilder.with(part);
                    }
                });
            } else {
                builder.with(element);
            }
        };
        try (InputStream file = FaultyMachine.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            ClassFile classFile = ClassFile.of();
            MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()).defineClass(classFile.transformClass(classFile.parse(file.readAllBytes()), changed));
        }
    }

    /** Called by the thread of a device. */
    public static void starting() {
        if (STARTED.incrementAndGet() != Integer.getInteger("at", 0)) {
            return;
        }
        System.err.println("the device fails now");
        switch (System.getProperty("fault")) {
            case "hang" -> {
                while (true) {
                    try {
                        Thread.sleep(Long.MAX_VALUE);
                    } catch (InterruptedException ignored) {
                        // A driver is not interrupted.
                    }
                }
            }
            // As TornadoVM tells of them: by a line that native code prints, or by exceptions of its own.
            case "lost" -> TalkativeDriver.print("[TornadoVM-CUDA-JNI] ERROR : cuCtxSynchronize -> Returned: 719 (CUDA_ERROR_LAUNCH_FAILED)\n");
            case "broken" -> throw new TornadoRuntimeException("[ERROR] clFlush -> Returned: -36");
            case "memory" -> throw new TornadoOutOfMemoryException("Unable to allocate 4096 bytes of memory.");
            case String other -> throw new IllegalArgumentException(other);
        }
    }
}
