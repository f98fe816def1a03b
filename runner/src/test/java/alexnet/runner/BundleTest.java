package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A bundle of the JVM runtime, made by scripts/bundle and unpacked elsewhere, in an empty environment. */
@EnabledOnOs(OS.LINUX)
class BundleTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private static Path folder;
    private static Path bundle;

    private record Result(int code, String out, String err) {
    }

    @BeforeAll
    static void packAndUnpack() throws Exception {
        Path archive = folder.resolve("bundle.tar.xz");
        ProcessBuilder pack = new ProcessBuilder(ROOT.resolve("scripts/bundle").toString(), "--runtime", "jvm", "--output", archive.toString());
        pack.environment().put("XZ_OPT", "-0");
        pack.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Result packed = run(pack);
        assumeTrue(packed.code != ExitCode.RUNTIME.code(), packed.err.strip());
        assertEquals(0, packed.code, packed.err);
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Result unpacked = run(new ProcessBuilder("tar", "xf", archive.toString(), "-C", elsewhere.toString()));
        assertEquals(0, unpacked.code, unpacked.err);
        bundle = elsewhere.resolve("alexnet");
    }

    private static Result run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    private static Result alexnet(String... arguments) throws IOException, InterruptedException {
        return alexnet(Map.of(), arguments);
    }

    /** With nothing else in the environment but a path without a JDK. */
    private static Result alexnet(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(bundle.resolve("bin/alexnet").toString()), Stream.of(arguments)).toList());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        return run(builder.directory(folder.toFile()));
    }

    @Test
    void itListsDevicesWithItsOwnJdkAndBuildsNothing() throws Exception {
        Result result = alexnet("devices", "--runtime", "jvm");
        assertEquals(0, result.code, result.err);
        assertTrue(result.err.contains("running on the JVM (" + bundle.toRealPath() + "/jdk)"), result.err);
        assertFalse(result.err.contains("building"), result.err);
        assertTrue(result.out.contains("jvm:0"), result.out);
    }

    @Test
    void itMakesAnAotCacheAndStartsFromIt() throws Exception {
        Result plain = alexnet("devices", "--runtime", "jvm");
        Path cache = bundle.resolve("runner/target/alexnet.aot");
        assertTrue(Files.exists(cache), () -> plain.err + bundle.resolve("runner/target/aot.log"));
        String loaded = alexnet(Map.of("JAVA_OPTS", "-Xlog:class+load"), "devices", "--runtime", "jvm").out;
        assertTrue(loaded.contains("alexnet.runner.Main source: shared objects file"), loaded);
        byte[] whole = Files.readAllBytes(cache);
        Files.write(cache, Arrays.copyOf(whole, whole.length / 2));
        Result without = alexnet("devices", "--runtime", "jvm");
        Files.write(cache, whole);
        assertEquals(0, without.code, without.err);
        assertEquals(plain.out, without.out, "a cache that is cut is done without");
    }

    @Test
    void itsKernelsAreRight() throws Exception {
        Result result = alexnet("verify", "--runtime", "jvm", "--devices", "jvm:0", "--kernels", "sgd,softmaxCrossEntropy,maxPoolForward");
        assertEquals(0, result.code, result.err);
        assertTrue(result.out.contains("All kernels are right."), result.out);
    }

    @Test
    void whatIsNotPackedIsToldInOneLine() throws Exception {
        Result result = alexnet("bench", "network", "--peer", "onnxruntime");
        assertEquals(ExitCode.RUNTIME.code(), result.code);
        assertTrue(result.err.contains("alexnet: peers is not in this bundle"), result.err);
    }

    @Test
    void itsTextsAreInItWithWhatTheyLinkTo() throws IOException {
        List<String> targets = Pattern.compile("\\]\\(([^):]+?)(#[^)]*)?\\)").matcher(Files.readString(bundle.resolve("README.md"))).results()
                .map(link -> link.group(1)).toList();
        assertTrue(targets.contains("docs/training.md"), targets.toString());
        targets.forEach(target -> assertTrue(Files.exists(bundle.resolve(target)), target));
    }

    @Test
    void theLicencesOfWhatIsInItAreInIt() throws IOException {
        assertTrue(Files.exists(bundle.resolve("jdk/legal/java.base/LICENSE")));
        List<String> told = Files.readAllLines(bundle.resolve("LICENCES.txt"));
        try (Stream<Path> jars = Files.list(bundle.resolve("runner/target/lib"))) {
            for (Path jar : jars.toList()) {
                String name = jar.getFileName().toString();
                assertTrue(told.stream().anyMatch(line -> line.startsWith(name + ": ") && line.length() > name.length() + 4), name + " in " + told);
            }
        }
    }
}
