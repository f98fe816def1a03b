package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** scripts/tornadovm.sh on made-up SDKs: folders of empty files with the right names. */
class TornadoReleasesTest {

    private static final Path SCRIPTS = Path.of("..", "scripts").toAbsolutePath().normalize();
    private static final String TESTED = "5.2.0-jdk25";

    @TempDir
    private Path folder;
    private Path sdk;

    private record Result(int code, String out, String err) {
    }

    @BeforeEach
    void makeAJdk() throws IOException {
        folder = folder.toRealPath();
        sdk = folder.resolve("sdk");
        Files.createDirectories(folder.resolve("jdk/bin"));
        script("jdk/bin/javac", "");
        script("jdk/bin/java", "");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        // No library is missing unless a test says so.
        script("bin/ldd", "exit 0");
    }

    private void script(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/bash\n" + text + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void makeSdk(String version, String... backends) throws IOException {
        Path jars = Files.createDirectories(sdk.resolve("share/java/tornado"));
        Files.createFile(jars.resolve("tornado-api-" + version + ".jar"));
        Files.createDirectories(sdk.resolve("lib"));
        for (String backend : backends) {
            Files.createFile(jars.resolve("tornado-drivers-" + backend + "-" + version + ".jar"));
            Files.createFile(sdk.resolve("lib").resolve(System.mapLibraryName("tornado-" + backend)));
        }
        Files.writeString(sdk.resolve("tornado-argfile"), "-Djava.library.path=" + sdk.resolve("lib") + "\n");
    }

    private Result bash(String commands) throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("bash", "-euc", "program=test root='" + folder + "'; source '" + SCRIPTS
                + "/environment.sh'; source '" + SCRIPTS + "/tornadovm.sh'; sdk='" + sdk + "'; " + commands).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().remove("LD_LIBRARY_PATH");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), out, Files.readString(err));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        TESTED + "|TornadoVM 5.2.0-jdk25 (SDK)",
        "5.2.7-jdk25|TornadoVM 5.2.7-jdk25 (SDK), which should do, but was not tried",
        "6.0.0-jdk22plus|TornadoVM 6.0.0-jdk22plus (SDK), which should do, but was not tried",
        "7.3.1-jdk22plus|TornadoVM 7.3.1-jdk22plus (SDK), which should do, but was not tried",
        "8.0.0-jdk25|TornadoVM 8.0.0-jdk25 (SDK), of which nothing is known here: 5.2.0-jdk25 is what was tried",
        "9.1|TornadoVM 9.1 (SDK), of which nothing is known here: 5.2.0-jdk25 is what was tried"})
    void aReleaseThatMayDoRunsAndIsDescribed(String version, String description) throws Exception {
        makeSdk(version, "opencl");
        Result result = bash("sdk_problem \"$sdk\"; describe_sdk \"$(sdk_version \"$sdk\")\" SDK");
        assertEquals(description, result.out, result.err);
        assertEquals("", result.err);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "3.0.0-jdk25|its tasks take 15 arguments", "5.0.0-jdk25|its tasks take 15 arguments", "5.1.0-jdk21|its tasks take 15 arguments",
        "5.2.0-jdk21|it is built for JDK 21", "7.3.1-jdk21|it is built for JDK 21"})
    void aReleaseThatCannotRunTheProjectIsAProblem(String version, String reason) throws Exception {
        makeSdk(version, "opencl");
        Result result = bash("sdk_problem \"$sdk\"");
        assertTrue(result.out.startsWith(sdk + " is TornadoVM " + version + ", which cannot run the project: " + reason), result.out);
        assertTrue(result.out.endsWith("Install " + TESTED), result.out);
    }

    @Test
    void theTestedReleaseIsTheOneThatIsCompiledAgainst() throws Exception {
        String pom = Files.readString(SCRIPTS.resolve("../pom.xml")).replaceAll("(?s).*<tornado.version>(.*)</tornado.version>.*", "$1");
        assertEquals(pom, bash("tested_tornado").out.strip());
    }

    @Test
    void theJdkThatIsMissingIsNamed() throws Exception {
        makeSdk(TESTED, "opencl");
        Result result = bash("find_jdk() { return 1; }; sdk_problem \"$sdk\"");
        assertEquals("TornadoVM 5.2.0-jdk25 runs on JDK 25 only, and none is there: install one or set JAVA_HOME to it", result.out);
        Files.move(sdk.resolve("share/java/tornado/tornado-api-5.2.0-jdk25.jar"), sdk.resolve("share/java/tornado/tornado-api-7.0.0-jdk22plus.jar"));
        assertTrue(bash("find_jdk() { return 1; }; sdk_problem \"$sdk\"").out.startsWith("TornadoVM 7.0.0-jdk22plus runs on JDK 25 or newer only"));
    }

    @Test
    void cudaComesBeforePtxAndOpenCl() throws Exception {
        makeSdk(TESTED, "opencl", "ptx", "cuda");
        Result result = bash("choose_backends \"$sdk\" ''; compose_tornado \"$sdk\"; printf '%s\n' \"${tornado_options[@]}\"");
        List<String> options = result.out.lines().toList();
        List<String> priorities = options.stream().filter(option -> option.endsWith("0") && option.contains(".priority=")).toList();
        assertEquals(List.of("-Dtornado.cuda.priority=90", "-Dtornado.ptx.priority=80", "-Dtornado.opencl.priority=70"), priorities, result.err);
        assertTrue(options.contains("--enable-native-access=tornado.runtime,tornado.drivers.cuda,tornado.drivers.ptx,tornado.drivers.opencl"), result.out);
        assertTrue(options.contains("@" + sdk + "/etc/exportLists/cuda-exports"), result.out);
    }

    @Test
    void thoseThatAreAskedForComeInTheirOrderAndMustBeThere() throws Exception {
        makeSdk(TESTED, "opencl", "ptx", "cuda");
        assertEquals("opencl cuda", bash("choose_backends \"$sdk\" opencl,cuda; printf %s \"${backends[*]}\"").out);
        Result unknown = bash("choose_backends \"$sdk\" metal");
        assertEquals(ExitCode.USAGE.code(), unknown.code);
        assertEquals("test: there is no back end 'metal': " + sdk + " has cuda ptx opencl\n", unknown.err);
    }

    @Test
    void aBackEndWhoseLibraryIsMissingIsLeftOutAndSaid() throws Exception {
        makeSdk(TESTED, "opencl", "cuda");
        script("bin/ldd", "[[ $1 != *cuda* ]] || printf '\\tlibno-such-driver.so.1 => not found\\n'");
        Result left = bash("choose_backends \"$sdk\" ''; printf %s \"${backends[*]}\"");
        assertEquals("opencl", left.out);
        assertEquals("test: the back end cuda is left out: it needs libno-such-driver.so.1, which is not on this machine\n", left.err);
        Result asked = bash("choose_backends \"$sdk\" cuda");
        assertEquals(ExitCode.RUNTIME.code(), asked.code);
        assertEquals("test: the back end cuda needs libno-such-driver.so.1, which is not on this machine\n", asked.err);
    }

    @Test
    void aLibraryThatTheLoaderDoesNotFindIsSearched() throws Exception {
        makeSdk(TESTED, "cuda");
        script("bin/ldd", "printf '\\tlibnvrtc.so.99 => not found\\n'");
        script("bin/python3", "printf %s '" + folder + "/packages'");
        Result result = bash("choose_backends \"$sdk\" ''; printf %s \"$LD_LIBRARY_PATH\"");
        assertEquals(folder + "/packages", result.out);
        assertEquals("test: libnvrtc.so.99 is taken from " + folder + "/packages\n", result.err);
    }

    @Test
    void theOptionsOfLaterReleasesAreTheirArgfilesWithNativeAccess() throws Exception {
        makeSdk("7.3.1-jdk22plus", "opencl", "cuda");
        Result result = bash("compose_tornado \"$sdk\"; printf '%s\n' \"${tornado_options[@]}\"");
        List<String> options = result.out.lines().toList();
        assertEquals("@" + sdk + "/tornado-argfile", options.getFirst(), result.err);
        assertTrue(options.contains("--enable-native-access=tornado.runtime,tornado.drivers.cuda,tornado.drivers.opencl"), result.out);
        Files.writeString(sdk.resolve("tornado-argfile"), "-Djava.library.path=/elsewhere/lib\n");
        assertTrue(bash("sdk_problem \"$sdk\"").out.contains("bin/tornado --generate-argfile"));
    }
}
