package alexnet.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import alexnet.core.run.sink.ConfigurationFile;

/** Values of options that somebody has trained the network with. Each is a file in recipes/, whose comments say where they come from. */
enum Recipe {
    PAPER, CAFFE, AUTHORS;

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its options, as in a {@link ConfigurationFile}. */
    Map<String, String> options() {
        return read(toString());
    }

    /** The options of training without a recipe. */
    static Map<String, String> defaults(String architecture) {
        Map<String, String> values = new LinkedHashMap<>(read("default"));
        values.putAll(read(architecture));
        return values;
    }

    private static Map<String, String> read(String name) {
        String resource = "recipes/" + name + ".yaml";
        try (InputStream in = Recipe.class.getResourceAsStream(resource)) {
            return ConfigurationFile.read(in, resource);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
