package alexnet.runner;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** Standard error as the operating system has it. */
final class StandardError {

    /** Names the descriptor of the real standard error, see {@link #reconnect()}. */
    static final String VARIABLE = "ALEXNET_STANDARD_ERROR";

    private static final int DESCRIPTOR = 2;

    private StandardError() {
    }

    /**
     * Connects standard error to the descriptor that scripts/alexnet names in {@link #VARIABLE}, if it does:
     * until here the script has filtered what the JVM says while it boots.
     */
    static void reconnect() {
        String real = System.getenv(VARIABLE);
        if (real != null) {
            call("dup2", Integer.parseInt(real), DESCRIPTOR);
            call("close", Integer.parseInt(real));
        }
    }

    /** Whether a person reads it on a terminal, where a progress bar can be drawn. */
    static boolean isTerminal() {
        return call("isatty", DESCRIPTOR) == 1;
    }

    @SuppressWarnings("restricted")
    private static int call(String function, Object... descriptors) {
        MemoryLayout[] parameters = new MemoryLayout[descriptors.length];
        Arrays.fill(parameters, JAVA_INT);
        Linker linker = Linker.nativeLinker();
        MethodHandle handle = linker.downcallHandle(linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(JAVA_INT, parameters));
        try {
            return (int) handle.invokeWithArguments(descriptors);
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot call " + function, failure);
        }
    }
}
