package alexnet.core.data;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What opening a set may need.
 *
 * @param log     told in lines for the user what takes long, and what is kept where
 * @param cache   the folder for what is made once and kept, such as the index of a set that has none; made by whoever writes to it
 * @param staging the folder for copies of images that cannot be read in random order where they are; removed by whoever gives it. If
 *                none is given, they lie in the cache until the set is closed
 */
public record Opening(Consumer<String> log, Path cache, Optional<Path> staging) {

    /** The name of our folder in the user's cache folder. */
    private static final String NAME = "alexnet";

    /** Without a folder of its own for copies. */
    public Opening(Consumer<String> log, Path cache) {
        this(log, cache, Optional.empty());
    }

    /** The same with a folder for copies. */
    public Opening withStaging(Path folder) {
        return new Opening(log, cache, Optional.of(folder));
    }

    /** With the user's own cache folder, see the XDG Base Directory Specification. */
    public static Opening standard(Consumer<String> log) {
        String xdg = System.getenv("XDG_CACHE_HOME");
        // A relative path is to be ignored, says the specification.
        Path caches = xdg != null && Path.of(xdg).isAbsolute() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return new Opening(log, caches.resolve(NAME));
    }
}
