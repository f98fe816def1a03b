package alexnet.kernels.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * A programmer's mistake: a change of one place of the source.
 *
 * @param family      the family whose kernel is wrong then
 * @param operation   the operation that is wrong then
 * @param description what is wrong
 * @param source      the source file, below the package, without its ending
 * @param method      the method in it
 * @param original    the text whose first occurrence in the method is changed
 * @param replacement what it is changed to
 */
record Fault(String family, String operation, String description, String source, String method, String original,
             String replacement) {

    private static final Path SOURCES = Path.of(System.getProperty("basedir", "."), "src/main/java/alexnet/kernels");

    /** Compiles the source with the fault in it. */
    void compileTo(Path classes) throws IOException {
        Path file = SOURCES.resolve(source + ".java");
        String text = Files.readString(file);
        // A declaration stands one step in, a call further.
        Matcher declaration = Pattern.compile("(?m)^    \\w.* " + method + "\\(").matcher(text);
        assertTrue(declaration.find(), () -> "adapt the fault '" + description + "': " + file + " has no method " + method);
        int begin = declaration.start();
        int end = text.indexOf("\n    }\n", begin);
        int place = text.indexOf(original, begin);
        assertTrue(place >= 0 && place < end, () -> "adapt the fault '" + description + "': " + file + ", method " + method
                + ", has no '" + original + "'");
        compile(file, text.substring(0, place) + replacement + text.substring(place + original.length()), classes);
    }

    private static void compile(Path file, String text, Path classes) throws IOException {
        Path changed = Files.createDirectories(classes.resolve("source")).resolve(file.getFileName());
        Files.writeString(changed, text);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, "-g", "-proc:none", "-nowarn",
                "--add-modules", "jdk.incubator.vector", "-cp", classPath(), "-d", classes.toString(), changed.toString());
        assertEquals(0, status, () -> messages.toString(StandardCharsets.UTF_8));
    }

    /** What the tests run with; TornadoVM's API is on the module path. */
    private static String classPath() {
        String api = TaskGraph.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return System.getProperty("java.class.path") + File.pathSeparator + api;
    }

    @Override
    public String toString() {
        return family + "/" + operation + ": " + description;
    }
}
