package alexnet.kernels.faults;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BinaryOperator;

import alexnet.kernels.check.FaultProbe;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * The project's own classes a second time, some of them changed. Where TornadoVM's API is ours, it is loaded anew as well,
 * because kernels and the runtime that compiles them must come from one loader.
 */
final class FaultyProgram extends ClassLoader {

    private static final String SUFFIX = ".class";

    private final Path changed;

    /**
     * Prepares the program.
     *
     * @param changed folder of the class files that take the place of the project's own
     */
    FaultyProgram(Path changed) {
        super(FaultyProgram.class.getClassLoader());
        this.changed = changed;
    }

    /** The first failing case of a family's operation, in words; empty where all pass. */
    String failure(String family, String operation) throws ReflectiveOperationException {
        return run(FaultProbe.class.getName(), family, operation);
    }

    /** What a function of the program says. */
    @SuppressWarnings("unchecked")
    String run(String function, String first, String second) throws ReflectiveOperationException {
        return ((BinaryOperator<String>) loadClass(function).getConstructor().newInstance()).apply(first, second);
    }

    private static boolean isOurs(String name) {
        return name.startsWith("alexnet.")
                || name.startsWith("uk.ac.manchester.tornado.") && !TornadoRuntimeProvider.class.getModule().isNamed();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isOurs(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream file = getResourceAsStream(name.replace('.', '/') + SUFFIX)) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }

    /** The runtimes read the class files of kernels. */
    @Override
    public InputStream getResourceAsStream(String name) {
        Path file = changed.resolve(name);
        try {
            return Files.exists(file) ? new ByteArrayInputStream(Files.readAllBytes(file)) : super.getResourceAsStream(name);
        } catch (IOException failure) {
            return null;
        }
    }
}
