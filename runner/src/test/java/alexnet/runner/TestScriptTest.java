package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.Test;

/** What scripts/test makes of Maven's work. */
class TestScriptTest extends ProjectCopy {

    /** Lets Maven leave the report of a module, or none, and end with a code. */
    private void maven(String report, int code) throws IOException {
        script(tools.resolve("mvn"), """
                echo "$@" >>'FOLDER/maven-calls'
                mkdir -p 'PROJECT/runner/target/surefire-reports'
                REPORT
                exit CODE
                """.replace("REPORT", report == null ? "" : "echo '" + report + "' >'PROJECT/runner/target/surefire-reports/TEST-a.xml'")
                .replace("FOLDER", folder.toString()).replace("PROJECT", project.toString()).replace("CODE", String.valueOf(code)));
    }

    private Result test(String... arguments) throws IOException, InterruptedException {
        return launch(project.resolve("scripts/test"), folder, arguments);
    }

    @Test
    void aTestThatOneModuleHasIsNoFaultOfTheOthers() throws Exception {
        maven("<testsuite tests=\"3\" errors=\"0\" failures=\"0\" skipped=\"1\">", 0);
        Result result = test("-Dtest=PeerServicesTest");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("Tests on the JVM passed: 3 run, 0 failed, 1 skipped\n"), result.out());
        String call = Files.readString(folder.resolve("maven-calls"));
        assertTrue(call.contains("-Dsurefire.failIfNoSpecifiedTests=false") && call.contains("-Pall-modules"), call);
        assertTrue(call.endsWith(" -Dtest=PeerServicesTest\n"), call);
    }

    @Test
    void aTestThatNoModuleHasIsAFailure() throws Exception {
        maven(null, 0);
        Result result = test("-Dtest=NoSuchTest");
        assertEquals(1, result.code(), result.err());
        assertTrue(result.out().contains("Tests on the JVM FAILED: 0 run"), result.out());
    }

    @Test
    void aTestThatFailsIsAFailure() throws Exception {
        maven("<testsuite tests=\"3\" errors=\"1\" failures=\"1\" skipped=\"0\">", 1);
        Result result = test();
        assertEquals(1, result.code(), result.err());
        assertTrue(result.out().contains("Tests on the JVM FAILED: 3 run, 2 failed, 0 skipped\n"), result.out());
    }
}
