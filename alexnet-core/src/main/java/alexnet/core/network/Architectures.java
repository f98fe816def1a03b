package alexnet.core.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The catalog of architectures. Each is a file beside this class, in the form of users' own. */
public final class Architectures {

    /** The names that {@link #named} knows. */
    public static final List<String> NAMES = List.of("alexnet", "alexnet-small", "alexnet-owt", "alexnet-caffe", "caffenet");

    private static final Map<String, ArchitectureFile> READ = new ConcurrentHashMap<>();

    private Architectures() {
    }

    /**
     * The architecture of that name for so many classes and image channels.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Architecture named(String name, int classes, int channels) {
        return named(name).orElseThrow(() -> unknown(name, "")).of(classes, channels);
    }

    private static Optional<ArchitectureFile> named(String name) {
        return NAMES.contains(name) ? Optional.of(READ.computeIfAbsent(name, Architectures::resource)) : Optional.empty();
    }

    private static IllegalArgumentException unknown(String name, String otherwise) {
        return new IllegalArgumentException("there is no architecture '" + name + "'" + otherwise + "; there are " + String.join(", ", NAMES));
    }

    /**
     * An architecture of the catalog or of a user's file.
     *
     * @throws IllegalArgumentException if it is neither, or the file describes no network
     */
    public static ArchitectureFile open(String nameOrFile) {
        return named(nameOrFile).orElseGet(() -> file(nameOrFile));
    }

    /** Whether it is one of the catalog, not one of a file that may have its name. */
    public static boolean lists(ArchitectureFile architecture) {
        return READ.get(architecture.name()) == architecture;
    }

    private static ArchitectureFile file(String text) {
        try {
            Path file = Path.of(text);
            if (text.isBlank() || !Files.exists(file)) {
                throw unknown(text, ", nor a file of that name");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return new ArchitectureFile(text, in.readNBytes(ArchitectureFile.MOST_BYTES + 1));
            }
        } catch (InvalidPathException none) {
            throw unknown(text, ", nor a file of that name");
        } catch (IOException unreadable) {
            throw new ArchitectureException(text + " cannot be read as an architecture: " + (Files.isDirectory(Path.of(text)) ? "it is a folder" : unreadable.getMessage()));
        }
    }

    private static ArchitectureFile resource(String name) {
        String resource = name + ".yaml";
        try (InputStream in = Architectures.class.getResourceAsStream(resource)) {
            return new ArchitectureFile(resource, in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
