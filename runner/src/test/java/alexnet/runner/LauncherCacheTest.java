package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When scripts/alexnet makes java's AOT cache, and when it starts the program with it. */
class LauncherCacheTest extends ProjectCopy {

    private static final String MAKING = "alexnet: preparing quick starts";

    private Path cache() {
        return project.resolve("runner/target/alexnet.aot");
    }

    private String option() {
        return "<-XX:AOTCache=" + cache() + ">";
    }

    @Test
    void theFirstStartAfterABuildMakesTheCacheAndAllUseIt() throws Exception {
        Result first = launch("devices");
        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().contains(MAKING), first.err());
        assertTrue(first.out().contains(option()), first.out());
        String made = Files.readString(project.resolve("runner/target/aot.log"));
        assertTrue(made.contains("alexnet.runner.Rehearsal"), made);
        assertTrue(made.contains(first.out().replaceAll(".*(<-cp><[^>]*>).*", "$1")), made + " must have the class path of " + first.out());
        assertFalse(Files.exists(project.resolve("runner/target/rehearsal")));
        Result second = launch("devices");
        assertFalse(second.err().contains(MAKING), second.err());
        assertTrue(second.out().contains(option()), second.out());
        assertTrue(launch("devices", "--show-command").out().contains("-XX:AOTCache="));
    }

    /** Which wait for the one that makes the cache, so that it must not wait for them. */
    @ParameterizedTest
    @ValueSource(strings = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMI_RANK", "PMIX_RANK"})
    void itIsMadeAloneAlsoForOneOfSeveralProcesses(String variable) throws Exception {
        environment.put(variable, "2");
        assertTrue(launch("devices").out().endsWith("<one of several>"));
        assertFalse(Files.readString(project.resolve("runner/target/aot.log")).contains("<one of several>"));
    }

    @Test
    void aNewJarMakesANewCache() throws Exception {
        launch("devices");
        Files.setLastModifiedTime(project.resolve("report/target/report.jar"), FileTime.from(Instant.now().plusSeconds(2)));
        assertFalse(launch("devices", "--show-command").out().contains("AOTCache"), "it is of other jars");
        assertTrue(launch("devices").err().contains(MAKING));
    }

    @Test
    void anotherJdkMakesANewCache() throws Exception {
        launch("devices");
        environment.put("JAVA_HOME", jdk("26").toString());
        assertFalse(launch("devices", "--show-command").out().contains("AOTCache"), "it is of another JDK");
        assertTrue(launch("devices").err().contains(MAKING));
        Files.writeString(folder.resolve("jdk-26/release"), "JAVA_VERSION=\"26.0.1\"\n");
        assertTrue(launch("devices").err().contains(MAKING), "the JDK was renewed in its place");
        assertFalse(launch("devices").err().contains(MAKING));
    }

    @Test
    void withoutACacheTheProgramStartsAsWell() throws Exception {
        Path broken = Files.createFile(folder.resolve("no cache"));
        Result result = launch("devices");
        assertTrue(result.err().contains("alexnet: that failed, see " + project + "/runner/target/aot.log: the program starts without, and slower\n"), result.err());
        assertTrue(result.out().endsWith("<alexnet.runner.Main><devices>"), result.out());
        assertFalse(result.out().contains("AOTCache"), result.out());
        Files.delete(broken);
        assertFalse(launch("devices").err().contains(MAKING), "it is not tried at each start");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:AOTMode=off", "-Xshare:off", "-XX:SharedArchiveFile=mine.jsa"})
    void whoChoosesACacheOfTheirOwnGetsNoOther(String option) throws Exception {
        environment.put("JAVA_OPTS", option);
        Result result = launch("devices");
        assertFalse(result.err().contains(MAKING), result.err());
        assertFalse(result.out().contains("AOTCache"), result.out());
    }

    /** Its upgraded modules turn such caches off. */
    @Test
    void tornadoVmDoesWithout() throws IOException, InterruptedException {
        sdkOfSdkman(requiredSdk());
        Result result = launch("devices");
        assertFalse(result.err().contains(MAKING), result.err());
        assertFalse(result.out().contains("AOTCache"), result.out());
    }
}
