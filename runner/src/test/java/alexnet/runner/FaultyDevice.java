package alexnet.runner;

import static java.lang.constant.ConstantDescs.CD_void;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.atomic.AtomicInteger;

import alexnet.core.group.Link;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The program with devices of which one fails. The system property {@code fault} says how, {@code at} before which of all the
 * graphs that are started; load and save have graphs, too.
 */
public final class FaultyDevice {

    private static final String PLAN = "alexnet.core.group.DevicePlan";
    private static final AtomicInteger STARTED = new AtomicInteger();

    private FaultyDevice() {
    }

    /** Changes the class before anyone has loaded it. */
    public static void main(String[] arguments) throws IOException, IllegalAccessException {
        CodeTransform asking = new CodeTransform() {

            @Override
            public void atStart(CodeBuilder code) {
                code.invokestatic(ClassDesc.of(FaultyDevice.class.getName()), "starting", MethodTypeDesc.of(CD_void));
            }

            @Override
            public void accept(CodeBuilder code, CodeElement element) {
                code.with(element);
            }
        };
        ClassTransform changed = (builder, element) -> {
            if (element instanceof MethodModel method && method.methodName().equalsString("execute")) {
                builder.transformMethod(method, MethodTransform.transformingCode(asking));
            } else {
                builder.with(element);
            }
        };
        try (InputStream file = FaultyDevice.class.getResourceAsStream("/" + PLAN.replace('.', '/') + ".class")) {
            ClassFile classFile = ClassFile.of();
            byte[] plan = classFile.transformClass(classFile.parse(file.readAllBytes()), changed);
            MethodHandles.privateLookupIn(Link.class, MethodHandles.lookup()).defineClass(plan);
        }
        Main.main(arguments);
    }

    /** Called by the thread of a device. */
    public static void starting() {
        if (STARTED.incrementAndGet() != Integer.getInteger("at")) {
            return;
        }
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
