package alexnet.mpi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A library that this process has opened for good. Unlike that of {@link System#load}, its symbols are there for libraries that are opened
 * later: MPI's is made of parts which it opens itself, and which look for it so.
 */
@SuppressWarnings("restricted")
final class SharedLibrary implements SymbolLookup {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final int RTLD_NOW = 2;
    private static final int RTLD_GLOBAL = System.getProperty("os.name").startsWith("Mac") ? 8 : 0x100;
    private static final int OVERWRITE = 1;

    private static final MethodHandle DLOPEN = c("dlopen", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
    /** Bound before it is needed: to find a function by its name is to forget the last error. */
    private static final MethodHandle DLERROR = c("dlerror", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle DLSYM = c("dlsym", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle SETENV = c("setenv", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));

    private final MemorySegment handle;

    /**
     * Opens it.
     *
     * @param name a path, or a file name for the operating system's linker to look for
     * @throws UnsatisfiedLinkError with the linker's words, if it can't be opened
     */
    SharedLibrary(String name) {
        try (Arena arena = Arena.ofConfined()) {
            handle = (MemorySegment) call(DLOPEN, arena.allocateFrom(name), RTLD_NOW | RTLD_GLOBAL);
        }
        if (handle.equals(MemorySegment.NULL)) {
            MemorySegment reason = (MemorySegment) call(DLERROR);
            throw new UnsatisfiedLinkError(reason.reinterpret(Long.MAX_VALUE).getString(0));
        }
    }

    /** Sets a variable for the libraries of this process; {@link System#getenv} doesn't see it. */
    static void setEnvironment(String variable, String value) {
        try (Arena arena = Arena.ofConfined()) {
            call(SETENV, arena.allocateFrom(variable), arena.allocateFrom(value), OVERWRITE);
        }
    }

    @Override
    public Optional<MemorySegment> find(String symbol) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = (MemorySegment) call(DLSYM, handle, arena.allocateFrom(symbol));
            return Optional.of(address).filter(found -> !found.equals(MemorySegment.NULL));
        }
    }

    /** A function of the C library. */
    private static MethodHandle c(String function, FunctionDescriptor type) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), type);
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot call the C library", failure);
        }
    }
}
