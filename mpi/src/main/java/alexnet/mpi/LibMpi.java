package alexnet.mpi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import alexnet.core.replica.ReplicaException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** MPI's library: calls its {@link Function}s. A handle is a {@code long} here, whatever it is there. */
final class LibMpi {

    /** Names the library, instead of those that {@link Launcher} looks for. */
    static final String VARIABLE = "ALEXNET_MPI_LIBRARY";
    static final String ADVICE = "install the MPI whose mpirun has started this process (Debian: apt-get install openmpi-bin, or mpich), or name the file of"
            + " its library in the environment variable " + VARIABLE;

    /** Room for any text: MPI_MAX_LIBRARY_VERSION_STRING is 8192 at most, MPI_MAX_ERROR_STRING 512. */
    private static final int TEXT_BYTES = 8192;
    private static final int SUCCESS = 0;

    private final String name;
    private final Abi abi;
    private final Abi.Constants constants;
    private final Map<Function, MethodHandle> functions = new EnumMap<>(Function.class);

    /**
     * Opens it.
     *
     * @throws ReplicaException if there is none, or it is none that can be used
     */
    static LibMpi open(Launcher launcher, Optional<String> named) {
        // UCX, the transport of many MPIs, would take the JVM's null checks for crashes and end the process.
        SharedLibrary.setEnvironment("UCX_ERROR_SIGNALS", "");
        List<String> files = named.map(List::of).orElse(launcher.libraries());
        List<String> failures = new ArrayList<>();
        for (String file : files) {
            SharedLibrary library;
            try {
                library = new SharedLibrary(file);
            } catch (UnsatisfiedLinkError unopened) {
                failures.add(unopened.getMessage());
                continue;
            }
            return new LibMpi(file, library);
        }
        throw new ReplicaException(named.isPresent()
                ? VARIABLE + " names a library of MPI that cannot be opened: " + failures.getFirst()
                : "started by " + launcher.name() + ", but no library of MPI can be opened (" + String.join("; ", failures) + "): " + ADVICE);
    }

    private LibMpi(String file, SymbolLookup library) {
        bind(file, library, Function.MPI_GET_LIBRARY_VERSION, null);
        bind(file, library, Function.MPI_GET_VERSION, null);
        String version = text(Function.MPI_GET_LIBRARY_VERSION);
        name = file + " (" + version.lines().findFirst().orElse("").replaceAll(",.*", "").replaceAll("\\s+", " ") + ")";
        abi = abi(file, library, version);
        constants = abi.constants(library);
        for (Function function : Function.values()) {
            if (function != Function.MPI_ABI_GET_VERSION) {
                bind(file, library, function, abi);
            }
        }
    }

    /** A library that has the standard's says so; it may be Open MPI's or MPICH's. */
    private Abi abi(String file, SymbolLookup library, String version) {
        if (library.find(Function.MPI_ABI_GET_VERSION.symbol).isPresent()) {
            bind(file, library, Function.MPI_ABI_GET_VERSION, null);
            if (number(Function.MPI_ABI_GET_VERSION) > 0) {
                if (number(Function.MPI_GET_VERSION) < 5) {
                    throw new ReplicaException(name + " has a draft of MPI 5's binary interface: " + ADVICE);
                }
                return Abi.STANDARD;
            }
        }
        if (library.find("ompi_mpi_comm_world").isPresent()) {
            return Abi.OPEN_MPI;
        }
        // As MVAPICH has it, too.
        if (version.contains("PICH") || version.startsWith("Intel(R) MPI")) {
            return Abi.MPICH;
        }
        throw new ReplicaException(name + " is neither Open MPI nor MPICH nor of MPI 5's binary interface: " + ADVICE);
    }

    @SuppressWarnings("restricted")
    private void bind(String file, SymbolLookup library, Function function, Abi abi) {
        MemorySegment address = library.find(function.symbol)
                .orElseThrow(() -> new ReplicaException(file + " is no library of MPI, or too old: it lacks " + function.symbol + ": " + ADVICE));
        MemoryLayout[] layouts = function.arguments.stream().map(argument -> switch (argument) {
            case INT -> JAVA_INT;
            case POINTER -> ADDRESS;
            case HANDLE -> abi.layout;
        }).toArray(MemoryLayout[]::new);
        Class<?>[] types = function.arguments.stream().map(argument -> switch (argument) {
            case INT -> int.class;
            case POINTER -> MemorySegment.class;
            case HANDLE -> long.class;
        }).toArray(Class<?>[]::new);
        MethodHandle handle = Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(JAVA_INT, layouts));
        functions.put(function, MethodHandles.explicitCastArguments(handle, MethodType.methodType(int.class, types)));
    }

    /** Its file and what it calls itself. */
    @Override
    public String toString() {
        return name;
    }

    Abi.Constants constants() {
        return constants;
    }

    /**
     * Calls a function.
     *
     * @param arguments as in C; handles are longs
     * @throws ReplicaException if it returns an error
     */
    void call(Function function, Object... arguments) {
        int code = invoke(function, arguments);
        if (code != SUCCESS) {
            throw new ReplicaException(function.symbol + " of " + name + " has failed, as it does when another rank has ended or makes another call: "
                    + text(Function.MPI_ERROR_STRING, code).replaceAll("\\s+", " "));
        }
    }

    /** Calls a function whose last argument is where it puts an int, and returns that. */
    int callForInt(Function function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(JAVA_INT);
            call(function, with(arguments, result));
            return result.get(JAVA_INT, 0);
        }
    }

    /** Calls a function whose last argument is where it puts a handle, and returns that. */
    long callForHandle(Function function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(abi.layout);
            call(function, with(arguments, result));
            return abi.get(result);
        }
    }

    /** Frees a communicator. */
    void free(long communicator) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(abi.layout);
            abi.set(handle, communicator);
            call(Function.MPI_COMM_FREE, handle);
        }
    }

    /** Calls a function that puts two ints somewhere, and returns the first. */
    private int number(Function function) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment first = arena.allocate(JAVA_INT);
            invoke(function, first, arena.allocate(JAVA_INT));
            return first.get(JAVA_INT, 0);
        }
    }

    /** Calls a function whose last two arguments are where it puts a text and its length, and returns that. */
    private String text(Function function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(TEXT_BYTES);
            invoke(function, with(with(arguments, text), arena.allocate(JAVA_INT)));
            return text.getString(0).strip();
        }
    }

    private int invoke(Function function, Object... arguments) {
        try {
            return (int) functions.get(function).invokeWithArguments(arguments);
        } catch (RuntimeException refused) {
            throw refused;
        } catch (Throwable failure) {
            throw new IllegalStateException("cannot call " + function.symbol, failure);
        }
    }

    private static Object[] with(Object[] arguments, Object last) {
        Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = last;
        return all;
    }
}
