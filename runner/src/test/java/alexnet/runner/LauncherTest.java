package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** scripts/alexnet in a copy of the project whose JDK, Maven and SDK only say how they are called. */
class LauncherTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("tornado-jvm", "tornado-kernels", "alexnet-core", "bench", "runner");
    private static final List<String> TOOLS = List.of("bash", "cat", "dirname", "env", "find", "grep", "locale", "mkdir", "mv",
            "readlink", "rm", "sed", "tr");

    private static final String NO_CLASSES = ", and java finds no classes in a folder with ':' or an emoji in its path: move it, or give it"
            + " another name\n";

    @TempDir
    private Path folder;
    private Path project;
    private Path tools;
    private final Map<String, String> environment = new HashMap<>();

    private record Result(int code, String out, String err) {
    }

    @BeforeEach
    void copyTheProject() throws IOException {
        folder = folder.toRealPath();
        project = Files.createDirectories(folder.resolve("pro ject"));
        for (String module : MODULES) {
            Files.createDirectories(project.resolve(module).resolve("src/main"));
            Files.createFile(project.resolve(module).resolve("pom.xml"));
        }
        Files.copy(ROOT.resolve("pom.xml"), project.resolve("pom.xml"));
        Files.createDirectories(project.resolve("scripts"));
        for (String script : List.of("alexnet", "environment.sh", "heap.options", "jvm.options", "tornado.options", "tornadovm.sh")) {
            Files.copy(ROOT.resolve("scripts").resolve(script), project.resolve("scripts").resolve(script));
        }
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path there = Stream.of(System.getenv("PATH").split(":")).map(path -> Path.of(path, tool))
                    .filter(Files::isExecutable).findFirst().orElseThrow(() -> new IOException(tool + " is not on the PATH"));
            script(tools.resolve(tool), "exec " + there + " \"$@\"\n");
        }
        script(tools.resolve("mvn"), """
                echo "$JAVA_HOME" "${TORNADOVM_HOME:-}" "$@" >>'FOLDER/maven-calls'
                [[ ! -e 'FOLDER/broken' ]] || { echo 'a compile error'; exit 1; }
                mkdir -p 'PROJECT'/{MODULES,peers,kernel-benchmarks}/target/classes
                """.replace("FOLDER", folder.toString()).replace("PROJECT", project.toString())
                .replace("MODULES", String.join(",", MODULES)));
        environment.put("PATH", tools.toString());
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("JAVA_HOME", jdk("25.0.1").toString());
    }

    private static void script(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/bash\n" + text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path jdk(String version) throws IOException {
        Path jdk = folder.resolve("jdk-" + version);
        script(jdk.resolve("bin/javac"), "");
        script(jdk.resolve("bin/java"), """
                echo "WARNING: Using incubator modules: jdk.incubator.vector" >&2
                echo "a warning that matters" >&2
                printf '<%s>' "$@"
                """);
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private static Path sdk(Path sdk, String version) throws IOException {
        Path jars = Files.createDirectories(sdk.resolve("share/java/tornado"));
        Files.createFile(jars.resolve("tornado-api-" + version + ".jar"));
        Files.createFile(jars.resolve("tornado-drivers-opencl-" + version + ".jar"));
        Files.createDirectories(sdk.resolve("lib"));
        Files.createFile(sdk.resolve("lib").resolve(System.mapLibraryName("tornado-opencl")));
        return sdk;
    }

    private Path sdkOfSdkman(String version) throws IOException {
        return sdk(folder.resolve("home/.sdkman/candidates/tornadovm/current"), version);
    }

    private String requiredSdk() throws IOException {
        return Files.readString(project.resolve("pom.xml")).replaceAll("(?s).*<tornado.version>(.*)</tornado.version>.*", "$1");
    }

    private Result launch(String... arguments) throws IOException, InterruptedException {
        return launch(project.resolve("scripts/alexnet"), folder, arguments);
    }

    private Result launch(Path launcher, Path directory, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        // The program's standard error goes through a filter that may end after it. Java drops what a process' children
        // still write, so cat waits for the filter.
        List<String> command = Stream.concat(Stream.of("bash", "-o", "pipefail", "-c", "\"$@\" 2>&1 >'" + out + "' | cat", "launch",
                launcher.toString()), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String err = new String(process.getInputStream().readAllBytes());
        return new Result(process.waitFor(), Files.readString(out), err);
    }

    private int builds() throws IOException {
        Path calls = folder.resolve("maven-calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    @Test
    void showCommandPrintsTheJavaLineAndRunsNothing() throws Exception {
        Result result = launch("train", "--show-command", "--data", "my photos");
        assertEquals(0, result.code, result.err);
        assertTrue(result.out.startsWith(environment.get("JAVA_HOME") + "/bin/java "), result.out);
        assertTrue(result.out.endsWith("alexnet.runner.Main train --data my\\ photos \n"), result.out);
        assertEquals("", result.err);
        assertEquals(0, builds());
    }

    @Test
    void itsOwnOptionsMayStandAnywhereAndAreNotHandedOn() throws Exception {
        for (List<String> arguments : List.of(List.of("--runtime", "jvm", "train", "--epochs", "3"),
                List.of("train", "--runtime=jvm", "--epochs", "3"), List.of("train", "--epochs", "3", "--runtime", "jvm"))) {
            Result result = launch(arguments.toArray(String[]::new));
            assertEquals(0, result.code, result.err);
            assertTrue(result.out.endsWith("<alexnet.runner.Main><train><--epochs><3>"), result.out);
        }
    }

    @Test
    void startsThroughALinkFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), project.resolve("scripts/alexnet"));
        Result result = launch(link, tools, "devices");
        assertEquals(0, result.code, result.err);
        assertTrue(result.out.contains("<-Dalexnet.home=" + project + ">"), result.out);
    }

    @Test
    void extraOptionsOfJavaComeAfterItsOwn() throws Exception {
        environment.put("JAVA_OPTS", "-Xmx1g -ea");
        environment.put("ALEXNET_JAVA_OPTS", "-Xmx2g");
        assertTrue(launch("devices").out.contains("><-Xmx1g><-ea><-Xmx2g><-cp>"));
    }

    @Test
    void withoutAnSdkItRunsOnTheJvmAndSaysSo() throws Exception {
        Result result = launch("devices");
        assertEquals(0, result.code, result.err);
        assertTrue(result.err.contains("alexnet: running on the JVM (" + environment.get("JAVA_HOME")
                + "): no TornadoVM SDK found"), result.err);
        assertTrue(result.out.contains("tornado-jvm/target/classes"), result.out);
    }

    @Test
    void theSdkOfTornadovmHomeComesFirst() throws Exception {
        sdkOfSdkman(requiredSdk());
        Path sdk = sdk(folder.resolve("my sdk"), requiredSdk());
        environment.put("TORNADOVM_HOME", sdk.toString());
        Result result = launch("devices");
        assertEquals(0, result.code, result.err);
        assertTrue(result.err.contains("running on TornadoVM " + requiredSdk() + " (" + sdk + ")"), result.err);
        assertTrue(result.out.contains("<-Djava.library.path=" + sdk + "/lib>"), result.out);
        assertTrue(result.out.contains("<@" + project + "/scripts/tornado.options>"), result.out);
        assertFalse(result.out.contains("tornado-jvm/target/classes"), result.out);
    }

    @Test
    void anSdkOfSdkmanIsFoundAndTheJvmCanStillBeForced() throws Exception {
        Path sdk = sdkOfSdkman(requiredSdk());
        assertTrue(launch("devices").out.contains("<-Djava.library.path=" + sdk + "/lib>"));
        assertTrue(launch("devices", "--runtime=jvm").out.startsWith("<@" + project + "/scripts/jvm.options>"));
    }

    @Test
    void aForcedRuntimeThatIsNotThereIsAnError() throws Exception {
        Result result = launch("devices", "--runtime", "tornado");
        assertEquals(ExitCode.RUNTIME.code(), result.code);
        assertTrue(result.err.contains("there is no TornadoVM SDK") && result.err.contains("TORNADOVM_HOME"), result.err);
        assertEquals("", result.out);
    }

    @Test
    void anUnknownRuntimeIsAMistakeOfUsage() throws Exception {
        Result result = launch("devices", "--runtime", "cuda");
        assertEquals(ExitCode.USAGE.code(), result.code);
        assertEquals("alexnet: there is no runtime 'cuda': --runtime takes tornado or jvm\n", result.err);
    }

    @Test
    void anSdkThatCannotRunTheProjectIsAnErrorWhereItWasNamedAndPassedOverWhereItWasFound() throws Exception {
        Path sdk = sdkOfSdkman("5.1.0-jdk25");
        String problem = sdk + " is TornadoVM 5.1.0-jdk25, which cannot run the project: its tasks take 15 arguments, and the project needs 20. Install "
                + requiredSdk();
        Result found = launch("devices");
        assertEquals(0, found.code, found.err);
        assertTrue(found.err.contains(problem) && found.err.contains("running on the JVM"), found.err);
        environment.put("TORNADOVM_HOME", sdk.toString());
        Result named = launch("devices");
        assertEquals(ExitCode.RUNTIME.code(), named.code);
        assertTrue(named.err.contains(problem), named.err);
    }

    @Test
    void anSdkMayBeMoved() throws Exception {
        Path sdk = Files.move(sdk(folder.resolve("before"), requiredSdk()), folder.resolve("after"));
        environment.put("TORNADOVM_HOME", sdk.toString());
        Result result = launch("devices");
        assertEquals(0, result.code, result.err);
        assertTrue(result.out.contains("<-Djava.library.path=" + sdk + "/lib>"), result.out);
    }

    @Test
    void aFolderThatIsNoSdkIsAnError() throws Exception {
        environment.put("TORNADOVM_HOME", tools.toString());
        Result result = launch("devices");
        assertEquals(ExitCode.RUNTIME.code(), result.code);
        assertTrue(result.err.contains(tools + " is no TornadoVM SDK"), result.err);
    }

    @Test
    void aJdkThatIsTooOldIsPassedOver() throws Exception {
        environment.put("JAVA_HOME", jdk("17.0.2").toString());
        Path found = jdk("26");
        Files.createDirectories(folder.resolve("home/.sdkman/candidates/java"));
        Files.createSymbolicLink(folder.resolve("home/.sdkman/candidates/java/26-open"), found);
        assertTrue(launch("devices").err.contains("/.sdkman/candidates/java/26-open)"));
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() throws Exception {
        Path script = project.resolve("scripts/environment.sh");
        Files.writeString(script, Files.readString(script).replace("minimum_java=25", "minimum_java=900"));
        Result result = launch("devices");
        assertEquals(ExitCode.RUNTIME.code(), result.code);
        assertTrue(result.err.contains("no JDK 900 or newer is there") && result.err.contains("apt-get install"), result.err);
        assertEquals(0, builds());
    }

    @Test
    void buildsOnlyWhatIsMissingOrStale() throws Exception {
        environment.put("TORNADOVM_HOME", sdk(folder.resolve("sdk"), requiredSdk()).toString());
        environment.put("MAVEN_ARGS", "-o -Dmaven.repo.local=here");
        assertTrue(launch("devices").err.contains("alexnet: building"));
        assertEquals(environment.get("JAVA_HOME") + "  -B -o -Dmaven.repo.local=here -f " + project + "/pom.xml -q process-classes",
                Files.readString(folder.resolve("maven-calls")).strip(), "compiled with the JDK found, without the SDK");
        assertFalse(launch("devices").err.contains("building"));
        assertFalse(launch("devices", "--runtime", "jvm").err.contains("building"), "the class files are the same");

        Path source = Files.createFile(project.resolve("alexnet-core/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        launch("devices");
        assertEquals(2, builds());

        Files.delete(project.resolve("tornado-kernels/target/classes"));
        launch("devices");
        assertEquals(3, builds());
    }

    @Test
    void whatOnlyBenchNeedsIsBuiltForBenchAlone() throws Exception {
        environment.put("MAVEN_ARGS", "-o");
        assertFalse(launch("devices").out.contains("peers"));
        assertEquals(1, builds());
        Result result = launch("bench", "network", "--peer", "pytorch");
        assertTrue(result.err.contains("alexnet: building peers"), result.err);
        assertTrue(Files.readAllLines(folder.resolve("maven-calls")).getLast().endsWith(" -q -Ppeers process-classes"));
        assertTrue(result.out.contains(project + "/peers/target/classes:" + project + "/peers/target/lib/*"), result.out);
        assertFalse(launch("bench", "network", "--peer=pytorch").err.contains("building"));
        assertFalse(launch("bench", "network").err.contains("building"), "it was built with the peers");
        assertTrue(launch("bench", "kernels").err.contains("alexnet: building kernel-benchmarks"));
        assertEquals(3, builds());
    }

    @Test
    void aBuildThatFailsIsShownAndTriedAgain() throws Exception {
        Path broken = Files.createFile(folder.resolve("broken"));
        Result result = launch("devices");
        assertEquals(ExitCode.INTERNAL.code(), result.code);
        assertTrue(result.err.contains("a compile error\nalexnet: the build failed"), result.err);
        assertEquals("", result.out);
        Files.delete(broken);
        assertEquals(0, launch("devices").code);
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        Files.delete(tools.resolve("mvn"));
        Result result = launch("devices");
        assertEquals(ExitCode.RUNTIME.code(), result.code);
        assertTrue(result.err.contains("Maven is needed"), result.err);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesOfFilesMayHoldAnyCharacterInAnyLocale() throws Exception {
        script(tools.resolve("locale"), """
                [[ $1 != -a ]] || { printf '%s\\n' C de_AT de_AT.utf8; exit; }
                case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
                  C.UTF-8 | de_AT.utf8) echo UTF-8 ;;
                  de_AT) echo ISO-8859-1 ;;
                  *) echo ANSI_X3.4-1968 ;;
                esac
                """);
        script(folder.resolve("jdk-25.0.1/bin/java"), "printf '%s' \"$LC_ALL/$LANG\"\n");
        for (String poor : List.of("", "C", "POSIX", "de_DE.UTF-8", "UTF-8", "de_AT")) {
            environment.put("LC_ALL", poor);
            assertEquals("C.UTF-8/", launch("devices").out);
        }
        environment.put("LC_ALL", "");
        environment.put("LC_CTYPE", "UTF-8");
        environment.put("LANG", "de_AT.utf8");
        assertEquals("C.UTF-8/de_AT.utf8", launch("devices").out);
        environment.remove("LC_CTYPE");
        assertEquals("/de_AT.utf8", launch("devices").out, "the user's choice works");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whereThereIsNoPlainLocaleOfAllCharactersAnotherIsTaken() throws Exception {
        script(tools.resolve("locale"), """
                [[ $1 != -a ]] || { printf '%s\\n' C xx.utf8 de_AT.utf8; exit; }
                [[ ${LC_ALL:-} == de_AT.utf8 ]] && echo UTF-8 || echo ANSI_X3.4-1968
                """);
        script(folder.resolve("jdk-25.0.1/bin/java"), "printf '%s' \"$LC_ALL\"\n");
        environment.put("LC_ALL", "de_DE.UTF-8");
        assertEquals("de_AT.utf8", launch("devices").out);
    }

    /** Lets the launcher start the real program, as this process runs it. */
    private void runTheProgram() throws IOException {
        String options = Stream.concat(ManagementFactory.getRuntimeMXBean().getInputArguments().stream(),
                Stream.of("-cp", System.getProperty("java.class.path"))).map(option -> '"' + option.replace("\\", "\\\\") + "\"\n").collect(Collectors.joining());
        Path file = Files.writeString(folder.resolve("real-options"), options);
        script(folder.resolve("jdk-25.0.1/bin/java"), "while [[ $1 != alexnet.runner.Main ]]; do shift; done\nexec '"
                + Path.of(System.getProperty("java.home"), "bin", "java") + "' @'" + file + "' \"$@\"\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProgramReadsEveryNameInALocaleThatThisMachineLacks() throws Exception {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "only then can the test make the files");
        runTheProgram();
        environment.put("LC_ALL", "xx_XX.UTF-8");
        Path data = folder.resolve("B\u00FCcher \uD83D\uDE80");
        TrainingTest.noise(data.resolve("gr\u00FCn"), 160);
        TrainingTest.noise(data.resolve("\uD83D\uDE80"), 0);
        Path image = Files.move(data.resolve("gr\u00FCn/1.png"), data.resolve("gr\u00FCn/\u00FC\uD83D\uDE80.png"));
        Result trained = launch("train", "--data", data.toString(), "--architecture", "alexnet-small", "--epochs", "1", "--limit-batches", "1",
                "--batch-size", "4", "--output", folder.resolve("L\u00E4ufe \uD83D\uDE80").toString());
        assertEquals(0, trained.code, trained.err);
        Result predicted = launch("predict", "--model", folder.resolve("L\u00E4ufe \uD83D\uDE80/last.safetensors").toString(), image.toString());
        assertEquals(0, predicted.code, predicted.err);
        assertEquals(image.toString(), predicted.out.lines().findFirst().orElseThrow());
        assertTrue(predicted.out.contains("%  gr\u00FCn") && predicted.out.contains("%  \uD83D\uDE80"), predicted.out);
        Result missing = launch("predict", "--model", "\u00FC\uD83D\uDE80", "x.png");
        assertEquals(ExitCode.MODEL.code(), missing.code, missing.err);
        assertTrue(missing.err.contains("no such checkpoint: \u00FC\uD83D\uDE80"), missing.err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "ALEXNET_JAVA_OPTS", "_JAVA_OPTIONS"})
    void theHeapIsLaidOutAsTheUserHasChosen(String variable) throws Exception {
        Path file = Files.writeString(folder.resolve("options"), "-ea\n-XX:+UseParallelGC\n");
        Map<String, String> left = Map.of(
                "-ea", "<-XX:+UseSerialGC><-XX:MaxNewSize=64m><-XX:PretenureSizeThreshold=128k><-XX:InitialRAMPercentage=25><-XX:MaxRAMPercentage=80>",
                "-XX:+UseSerialGC", "<-XX:+UseSerialGC><-XX:MaxNewSize=64m><-XX:PretenureSizeThreshold=128k><-XX:InitialRAMPercentage=25><-XX:MaxRAMPercentage=80>",
                "-ea -XX:+UseG1GC", "<-XX:InitialRAMPercentage=25><-XX:MaxRAMPercentage=80>",
                "-XX:+UseZGC -Xmx2g", "<-XX:InitialRAMPercentage=25>",
                "@" + file, "<-XX:InitialRAMPercentage=25><-XX:MaxRAMPercentage=80>",
                "-Xmn300m", "<-XX:+UseSerialGC><-XX:PretenureSizeThreshold=128k><-XX:InitialRAMPercentage=25><-XX:MaxRAMPercentage=80>",
                "-Xms1g -Xmx1g", "<-XX:+UseSerialGC><-XX:MaxNewSize=64m><-XX:PretenureSizeThreshold=128k>");
        for (Map.Entry<String, String> each : left.entrySet()) {
            environment.put(variable, each.getKey());
            String out = launch("devices").out;
            assertTrue(out.contains("/scripts/jvm.options>" + each.getValue() + "<-Dalexnet.home"), each.getKey() + ": " + out);
        }
    }

    @Test
    void theCollectorOfAnSdkGivesWayToTheUsers() throws Exception {
        Path sdk = sdkOfSdkman(requiredSdk());
        Files.writeString(sdk.resolve("tornado-argfile"), "-XX:+UseParallelGC\n-Djava.library.path=" + sdk.resolve("lib") + "\n");
        String options = "/scripts/tornado.options>";
        assertTrue(launch("devices").out.contains(options + "<-Dalexnet.home"));
        environment.put("JAVA_TOOL_OPTIONS", "-XX:+UseParallelGC");
        assertTrue(launch("devices").out.contains(options + "<-Dalexnet.home"));
        environment.put("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC");
        assertTrue(launch("devices").out.contains(options + "<-XX:-UseParallelGC><-Dalexnet.home"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10:30", "\uD83D\uDE80"})
    void aFolderThatClassPathsCannotHoldIsRefused(String name) throws Exception {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "only then can the test make the folder");
        Path odd = Files.move(project, Files.createDirectories(folder.resolve(name)).resolve("project"));
        Result result = launch(odd.resolve("scripts/alexnet"), folder, "devices");
        assertEquals(ExitCode.RUNTIME.code(), result.code);
        assertEquals("alexnet: the project's folder is " + odd + NO_CLASSES, result.err);
        assertEquals(0, builds());
    }

    @Test
    void otherCharactersOfTheProjectsFolderAreItsOwnAffair() throws Exception {
        Path odd = Files.move(project, Files.createDirectories(folder.resolve("*?[a] $b 'c' \"d\" \\")).resolve("project"));
        script(tools.resolve("mvn"), "mkdir -p '" + odd.toString().replace("'", "'\\''") + "'/{" + String.join(",", MODULES) + "}/target/classes\n");
        Result result = launch(odd.resolve("scripts/alexnet"), folder, "devices");
        assertEquals(0, result.code, result.err);
        assertTrue(result.out.contains("<-Dalexnet.home=" + odd + ">"), result.out);
    }

    @Test
    void anSdkThatClassPathsCannotHoldIsRefused() throws Exception {
        Path odd = sdk(folder.resolve("5:2"), requiredSdk());
        environment.put("TORNADOVM_HOME", odd.toString());
        Result result = launch("devices");
        assertEquals(ExitCode.RUNTIME.code(), result.code);
        assertEquals("alexnet: the SDK's folder is " + odd + NO_CLASSES, result.err);
    }

    @Test
    void onlyTheWarningOfTheIncubatorIsKeptFromTheUser() throws Exception {
        String err = launch("devices").err;
        assertFalse(err.contains("incubator"), err);
        assertTrue(err.contains("a warning that matters"), err);
    }
}
