package alexnet.tornado.jvm;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
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

    /** The kernel of the code of a task. */
    static KernelReference of(String task, Object code) {
        SerializedLambda lambda = serialized(task, code);
        if (lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic) {
            throw new TornadoTaskRuntimeException("task " + task + ": the kernel " + lambda.getImplMethodName()
                    + " must be a static method");
        }
        if (lambda.getCapturedArgCount() != 0) {
            throw new TornadoTaskRuntimeException("task " + task
                    + ": the lambda expression uses variables from around it; pass them as arguments of the task");
        }
        ClassLoader loader = code.getClass().getClassLoader();
        try {
            return new KernelReference(Class.forName(lambda.getImplClass().replace('/', '.'), false, loader),
                    lambda.getImplMethodName(),
                    MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader));
        } catch (ClassNotFoundException e) {
            throw new TornadoTaskRuntimeException("task " + task + ": there is no class " + lambda.getImplClass(), e);
        }
    }

    private static SerializedLambda serialized(String task, Object code) {
        try {
            Method writeReplace = code.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return (SerializedLambda) writeReplace.invoke(code);
        } catch (NoSuchMethodException | ClassCastException e) {
            throw new TornadoTaskRuntimeException("task " + task
                    + ": its code must be a method reference, Kernels::kernel, or a lambda expression", e);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new TornadoTaskRuntimeException("task " + task + ": its code cannot be looked into", e);
        }
    }

    /** The method as messages name it. */
    @Override
    public String toString() {
        return owner.getSimpleName() + "." + name;
    }
}
