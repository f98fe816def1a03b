package alexnet.core.data;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What opening a set may need.
 *
 * @param log   told in lines for the user what takes long, and what is kept where
 * @param cache the folder for what is made once and kept, such as the index of a set that has none; made by whoever writes to it
 */
public record Opening(Consumer<String> log, Path cache) {

    /** The name of our folder in the user's cache folder. */
    private static final String NAME = "alexnet";

    /** With the user's own cache folder, see the XDG Base Directory Specification. */
    public static Opening standard(Consumer<String> log) {
        String xdg = System.getenv("XDG_CACHE_HOME");
        // A relative path is to be ignored, says the specification.
        Path caches = xdg != null && Path.of(xdg).isAbsolute() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return new Opening(log, caches.resolve(NAME));
    }
}
