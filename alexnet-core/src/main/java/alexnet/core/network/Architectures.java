package alexnet.core.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
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
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("there is no architecture '" + name + "'; there are " + String.join(", ", NAMES));
        }
        return READ.computeIfAbsent(name, Architectures::read).of(classes, channels);
    }

    private static ArchitectureFile read(String name) {
        String resource = name + ".yaml";
        try (InputStream in = Architectures.class.getResourceAsStream(resource)) {
            return new ArchitectureFile(resource, in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
