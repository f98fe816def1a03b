package alexnet.runner;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.util.Collections;

/** The C library's functions of file descriptors. */
final class Descriptors {

    static final int OUT = 1;
    static final int ERR = 2;

    private Descriptors() {
    }

    /** Calls one that takes descriptors alone and returns an {@code int}. */
    static int call(String name, Object... descriptors) {
        MemoryLayout[] parameters = Collections.nCopies(descriptors.length, JAVA_INT).toArray(MemoryLayout[]::new);
        try {
            return (int) function(name, FunctionDescriptor.of(JAVA_INT, parameters)).invokeWithArguments(descriptors);
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot call " + name, failure);
        }
    }

    /** Any of them. */
    @SuppressWarnings("restricted")
    static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }
}
