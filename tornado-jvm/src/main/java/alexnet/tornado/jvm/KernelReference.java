package alexnet.tornado.jvm;

import java.lang.constant.DirectMethodHandleDesc;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;

/**
 * The static method that a task's code stands for: the method of a method reference, or the body of a lambda expression.
 *
 * @param owner the class that declares it
 * @param name  its name
 * @param type  its parameters and result
 */
record KernelReference(Class<?> owner, String name, MethodType type) {

    /** What javac wrote for the code: the class by its internal name, the method, and how many variables it captures. */
    private record Implementation(boolean isStatic, String owner, String name, String type, int captured) {
    }

    /** The kernel of a task's code; to be called by the method of the API that the program has called with the code. */
    static KernelReference of(String task, Object code) {
        Implementation method = implementation(task, code);
        if (!method.isStatic) {
            throw new TornadoTaskRuntimeException("task " + task + ": the kernel " + method.name + " must be a static method");
        }
        if (method.captured > 0) {
            throw new TornadoTaskRuntimeException("task " + task
                    + ": the lambda expression uses variables from around it; pass them as arguments of the task");
        }
        ClassLoader loader = code.getClass().getClassLoader();
        try {
            return new KernelReference(Class.forName(method.owner.replace('/', '.'), false, loader), method.name,
                    MethodType.fromMethodDescriptorString(method.type, loader));
        } catch (ClassNotFoundException e) {
            throw new TornadoTaskRuntimeException("task " + task + ": there is no class " + method.owner, e);
        }
    }

    private static Implementation implementation(String task, Object code) {
        if (!code.getClass().isHidden()) {
            throw new TornadoTaskRuntimeException("task " + task
                    + ": its code must be a method reference, Kernels::kernel, or a lambda expression");
        }
        try {
            Method writeReplace = code.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            SerializedLambda lambda = (SerializedLambda) writeReplace.invoke(code);
            return new Implementation(lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeStatic, lambda.getImplClass(),
                    lambda.getImplMethodName(), lambda.getImplMethodSignature(), lambda.getCapturedArgCount());
        } catch (NoSuchMethodException e) {
            TaskCall call = TaskCall.current(task);
            DirectMethodHandleDesc method = call.method();
            String owner = method.owner().descriptorString();
            return new Implementation(method.refKind() == MethodHandleInfo.REF_invokeStatic,
                    owner.substring(1, owner.length() - 1), method.methodName(), method.lookupDescriptor(), call.captured());
        } catch (ReflectiveOperationException e) {
            throw new TornadoTaskRuntimeException("task " + task + ": its code cannot be looked into", e);
        }
    }

    /** The method as messages name it. */
    @Override
    public String toString() {
        return owner.getSimpleName() + "." + name;
    }
}
