package alexnet.runner;

import java.nio.file.Path;

/** A network of two groups whose kernels TornadoVM has soon compiled, for tests of what is around a network. */
final class TinyNetwork {

    /** For {@code --architecture}; from whatever folder. */
    static final Path FILE = Path.of("src/test/resources/tiny.yaml").toAbsolutePath();

    private TinyNetwork() {
    }
}
