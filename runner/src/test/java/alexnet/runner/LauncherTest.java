package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts/alexnet starts, and what it builds before. */
class LauncherTest extends ProjectCopy {

    private static final String NO_CLASSES = ", and java finds no classes in a folder with ':' or an emoji in its path: move it, or give it"
            + " another name\n";

    @Test
    void showCommandPrintsTheJavaLineAndRunsNothing() throws Exception {
        Result result = launch("train", "--show-command", "--data", "my photos");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().startsWith(environment.get("JAVA_HOME") + "/bin/java "), result.out());
        assertTrue(result.out().endsWith("alexnet.runner.Main train --data my\\ photos \n"), result.out());
        assertEquals("", result.err());
        assertEquals(0, builds());
    }

    @Test
    void itsOwnOptionsMayStandAnywhereAndAreNotHandedOn() throws Exception {
        for (List<String> arguments : List.of(List.of("--runtime", "jvm", "train", "--epochs", "3"),
                List.of("train", "--runtime=jvm", "--epochs", "3"), List.of("train", "--epochs", "3", "--runtime", "jvm"))) {
            Result result = launch(arguments.toArray(String[]::new));
            assertEquals(0, result.code(), result.err());
            assertTrue(result.out().endsWith("<alexnet.runner.Main><train><--epochs><3>"), result.out());
        }
    }

    @Test
    void startsThroughALinkFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), project.resolve("scripts/alexnet"));
        Result result = launch(link, tools, "devices");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("<-Dalexnet.home=" + project + ">"), result.out());
    }

    @Test
    void extraOptionsOfJavaComeAfterItsOwn() throws Exception {
        environment.put("JAVA_OPTS", "-Xmx1g -ea");
        environment.put("ALEXNET_JAVA_OPTS", "-Xmx2g");
        assertTrue(launch("devices").out().contains("><-Xmx1g><-ea><-Xmx2g><-cp>"));
    }

    @Test
    void whatEndsAtOnceDoesWithoutTheJitsBestCode() throws Exception {
        String option = "<-XX:TieredStopAtLevel=1>";
        for (List<String> arguments : List.of(List.of("devices"), List.of("completion", "bash"), List.of("--version"), List.of("train", "--help"), List.<String>of())) {
            assertTrue(launch(arguments.toArray(String[]::new)).out().contains(option), arguments.toString());
        }
        assertFalse(launch("train", "--data", "devices").out().contains(option));
        sdkOfSdkman(requiredSdk());
        assertFalse(launch("devices").out().contains(option), "TornadoVM's own options count");
    }

    @Test
    void withoutAnSdkItRunsOnTheJvmAndSaysSo() throws Exception {
        Result result = launch("devices");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.err().contains("alexnet: running on the JVM (" + environment.get("JAVA_HOME")
                + "): no TornadoVM SDK found"), result.err());
        assertTrue(result.out().contains("tornado-jvm/target/tornado-jvm.jar"), result.out());
    }

    @Test
    void whoWantsQuietIsNotToldOfTheRuntime() throws Exception {
        launch("devices");
        for (String option : List.of("-q", "--quiet", "--help", "completion")) {
            assertEquals("a warning that matters\n", launch("train", option).err());
        }
    }

    @Test
    void theSdkOfTornadovmHomeComesFirst() throws Exception {
        sdkOfSdkman(requiredSdk());
        Path sdk = sdk(folder.resolve("my sdk"), requiredSdk());
        environment.put("TORNADOVM_HOME", sdk.toString());
        Result result = launch("devices");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.err().contains("running on TornadoVM " + requiredSdk() + " (" + sdk + ")"), result.err());
        assertTrue(result.out().contains("<-Djava.library.path=" + sdk + "/lib>"), result.out());
        assertTrue(result.out().contains("<@" + project + "/scripts/tornado.options>"), result.out());
        assertFalse(result.out().contains("tornado-jvm.jar"), result.out());
    }

    @Test
    void anSdkOfSdkmanIsFoundAndTheJvmCanStillBeForced() throws Exception {
        Path sdk = sdkOfSdkman(requiredSdk());
        assertTrue(launch("devices").out().contains("<-Djava.library.path=" + sdk + "/lib>"));
        assertTrue(launch("devices", "--runtime=jvm").out().startsWith("<@" + project + "/scripts/jvm.options>"));
    }

    @Test
    void aForcedRuntimeThatIsNotThereIsAnError() throws Exception {
        Result result = launch("devices", "--runtime", "tornado");
        assertEquals(ExitCode.RUNTIME.code(), result.code());
        assertTrue(result.err().contains("there is no TornadoVM SDK") && result.err().contains("TORNADOVM_HOME"), result.err());
        assertEquals("", result.out());
    }

    @Test
    void anUnknownRuntimeIsAMistakeOfUsage() throws Exception {
        Result result = launch("devices", "--runtime", "cuda");
        assertEquals(ExitCode.USAGE.code(), result.code());
        assertEquals("alexnet: there is no runtime 'cuda': --runtime takes tornado or jvm\n", result.err());
    }

    @Test
    void anSdkThatCannotRunTheProjectIsAnErrorWhereItWasNamedAndPassedOverWhereItWasFound() throws Exception {
        Path sdk = sdkOfSdkman("5.1.0-jdk25");
        String problem = sdk + " is TornadoVM 5.1.0-jdk25, which cannot run the project: its tasks take 15 arguments, and the project needs 20. Install "
                + requiredSdk();
        Result found = launch("devices");
        assertEquals(0, found.code(), found.err());
        assertTrue(found.err().contains(problem) && found.err().contains("running on the JVM"), found.err());
        environment.put("TORNADOVM_HOME", sdk.toString());
        Result named = launch("devices");
        assertEquals(ExitCode.RUNTIME.code(), named.code());
        assertTrue(named.err().contains(problem), named.err());
    }

    @Test
    void anSdkMayBeMoved() throws Exception {
        Path sdk = Files.move(sdk(folder.resolve("before"), requiredSdk()), folder.resolve("after"));
        environment.put("TORNADOVM_HOME", sdk.toString());
        Result result = launch("devices");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("<-Djava.library.path=" + sdk + "/lib>"), result.out());
    }

    @Test
    void aFolderThatIsNoSdkIsAnError() throws Exception {
        environment.put("TORNADOVM_HOME", tools.toString());
        Result result = launch("devices");
        assertEquals(ExitCode.RUNTIME.code(), result.code());
        assertTrue(result.err().contains(tools + " is no TornadoVM SDK"), result.err());
    }

    @Test
    void aJdkThatIsTooOldIsPassedOver() throws Exception {
        environment.put("JAVA_HOME", jdk("17.0.2").toString());
        Path found = jdk("26");
        Files.createDirectories(folder.resolve("home/.sdkman/candidates/java"));
        Files.createSymbolicLink(folder.resolve("home/.sdkman/candidates/java/26-open"), found);
        assertTrue(launch("devices").err().contains("/.sdkman/candidates/java/26-open)"));
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() throws Exception {
        Path script = project.resolve("scripts/environment.sh");
        Files.writeString(script, Files.readString(script).replace("minimum_java=25", "minimum_java=900"));
        Result result = launch("devices");
        assertEquals(ExitCode.RUNTIME.code(), result.code());
        assertTrue(result.err().contains("no JDK 900 or newer is there") && result.err().contains("apt-get install"), result.err());
        assertEquals(0, builds());
    }

    @Test
    void buildsOnlyWhatIsMissingOrStale() throws Exception {
        environment.put("TORNADOVM_HOME", sdk(folder.resolve("sdk"), requiredSdk()).toString());
        environment.put("MAVEN_ARGS", "-o -Dmaven.repo.local=here");
        assertTrue(launch("devices").err().contains("alexnet: building"));
        assertEquals(environment.get("JAVA_HOME") + "  -B -o -Dmaven.repo.local=here -f " + project + "/pom.xml -q process-classes",
                Files.readString(folder.resolve("maven-calls")).strip(), "compiled with the JDK found, without the SDK");
        assertFalse(launch("devices").err().contains("building"));
        assertFalse(launch("devices", "--runtime", "jvm").err().contains("building"), "the class files are the same");

        Path source = Files.createFile(project.resolve("alexnet-core/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
        launch("devices");
        assertEquals(2, builds());

        Files.delete(project.resolve("tornado-kernels/target/tornado-kernels.jar"));
        launch("devices");
        assertEquals(3, builds());
    }

    @Test
    void whatOnlyBenchNeedsIsBuiltForBenchAlone() throws Exception {
        environment.put("MAVEN_ARGS", "-o");
        assertFalse(launch("devices").out().contains("peers"));
        assertEquals(1, builds());
        Result result = launch("bench", "network", "--peer", "pytorch");
        assertTrue(result.err().contains("alexnet: building peers"), result.err());
        assertTrue(Files.readAllLines(folder.resolve("maven-calls")).getLast().endsWith(" -q -Ppeers process-classes"));
        assertTrue(result.out().contains(project + "/peers/target/peers.jar:" + project + "/peers/target/lib/*"), result.out());
        assertFalse(launch("bench", "network", "--peer=pytorch").err().contains("building"));
        assertFalse(launch("bench", "network").err().contains("building"), "it was built with the peers");
        assertTrue(launch("bench", "kernels").err().contains("alexnet: building kernel-benchmarks"));
        assertEquals(3, builds());
    }

    @Test
    void aBuildThatFailsIsShownAndTriedAgain() throws Exception {
        Path broken = Files.createFile(folder.resolve("broken"));
        Result result = launch("devices");
        assertEquals(ExitCode.INTERNAL.code(), result.code());
        assertTrue(result.err().contains("a compile error\nalexnet: the build failed"), result.err());
        assertEquals("", result.out());
        Files.delete(broken);
        assertEquals(0, launch("devices").code());
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws Exception {
        Files.delete(tools.resolve("mvn"));
        Result result = launch("devices");
        assertEquals(ExitCode.RUNTIME.code(), result.code());
        assertTrue(result.err().contains("Maven is needed"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10:30", "\uD83D\uDE80"})
    void aFolderThatClassPathsCannotHoldIsRefused(String name) throws Exception {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "only then can the test make the folder");
        Path odd = Files.move(project, Files.createDirectories(folder.resolve(name)).resolve("project"));
        Result result = launch(odd.resolve("scripts/alexnet"), folder, "devices");
        assertEquals(ExitCode.RUNTIME.code(), result.code());
        assertEquals("alexnet: the project's folder is " + odd + NO_CLASSES, result.err());
        assertEquals(0, builds());
    }

    @Test
    void otherCharactersOfTheProjectsFolderAreItsOwnAffair() throws Exception {
        Path odd = Files.move(project, Files.createDirectories(folder.resolve("*?[a] $b 'c' \"d\" \\")).resolve("project"));
        script(tools.resolve("mvn"), makesJars(odd));
        Result result = launch(odd.resolve("scripts/alexnet"), folder, "devices");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("<-Dalexnet.home=" + odd + ">"), result.out());
    }

    @Test
    void anSdkThatClassPathsCannotHoldIsRefused() throws Exception {
        Path odd = sdk(folder.resolve("5:2"), requiredSdk());
        environment.put("TORNADOVM_HOME", odd.toString());
        Result result = launch("devices");
        assertEquals(ExitCode.RUNTIME.code(), result.code());
        assertEquals("alexnet: the SDK's folder is " + odd + NO_CLASSES, result.err());
    }

    @Test
    void onlyTheWarningOfTheIncubatorIsKeptFromTheUser() throws Exception {
        String err = launch("devices").err();
        assertFalse(err.contains("incubator"), err);
        assertTrue(err.contains("a warning that matters"), err);
    }
}
