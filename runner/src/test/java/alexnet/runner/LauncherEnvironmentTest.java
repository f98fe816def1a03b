package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import alexnet.core.device.Devices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts/alexnet makes of the locale and of java's options that it is called with. */
class LauncherEnvironmentTest extends ProjectCopy {

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
            assertEquals("C.UTF-8/", launch("devices").out());
        }
        environment.put("LC_ALL", "");
        environment.put("LC_CTYPE", "UTF-8");
        environment.put("LANG", "de_AT.utf8");
        assertEquals("C.UTF-8/de_AT.utf8", launch("devices").out());
        environment.remove("LC_CTYPE");
        assertEquals("/de_AT.utf8", launch("devices").out(), "the user's choice works");
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
        assertEquals("de_AT.utf8", launch("devices").out());
    }

    /** Lets the launcher start the real program, as this process runs it. */
    private void runTheProgram() throws IOException {
        String options = Stream.concat(ManagementFactory.getRuntimeMXBean().getInputArguments().stream(),
                Stream.of("-cp", System.getProperty("java.class.path"))).map(option -> '"' + option.replace("\\", "\\\\") + "\"\n").collect(Collectors.joining());
        Path file = Files.writeString(folder.resolve("real-options"), options);
        script(folder.resolve("jdk-25.0.1/bin/java"), "until [[ $1 == alexnet.runner.Main ]]; do shift || exit; done\nexec '"
                + Path.of(System.getProperty("java.home"), "bin", "java") + "' @'" + file + "' \"$@\"\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProgramReadsEveryNameInALocaleThatThisMachineLacks() throws Exception {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "only then can the test make the files");
        assumeFalse(Devices.onTornado(), "drivers need more of the environment than this test leaves; the launcher does the same for both");
        runTheProgram();
        environment.put("LC_ALL", "xx_XX.UTF-8");
        Path data = folder.resolve("B\u00FCcher \uD83D\uDE80");
        TrainingTest.noise(data.resolve("gr\u00FCn"), 160);
        TrainingTest.noise(data.resolve("\uD83D\uDE80"), 0);
        Path image = Files.move(data.resolve("gr\u00FCn/1.png"), data.resolve("gr\u00FCn/\u00FC\uD83D\uDE80.png"));
        Result trained = launch("train", "--data", data.toString(), "--architecture", "alexnet-small", "--epochs", "1", "--limit-batches", "1",
                "--batch-size", "4", "--output", folder.resolve("L\u00E4ufe \uD83D\uDE80").toString());
        assertEquals(0, trained.code(), trained.err());
        Result predicted = launch("predict", "--model", folder.resolve("L\u00E4ufe \uD83D\uDE80/last.safetensors").toString(), image.toString());
        assertEquals(0, predicted.code(), predicted.err());
        assertEquals(image.toString(), predicted.out().lines().findFirst().orElseThrow());
        assertTrue(predicted.out().contains("%  gr\u00FCn") && predicted.out().contains("%  \uD83D\uDE80"), predicted.out());
        Result missing = launch("predict", "--model", "\u00FC\uD83D\uDE80", "x.png");
        assertEquals(ExitCode.MODEL.code(), missing.code(), missing.err());
        assertTrue(missing.err().contains("no such checkpoint: \u00FC\uD83D\uDE80"), missing.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "ALEXNET_JAVA_OPTS", "_JAVA_OPTIONS"})
    void theHeapIsLaidOutAsTheUserHasChosen(String variable) throws Exception {
        Path file = Files.writeString(folder.resolve("options"), "-ea\n-XX:+UseParallelGC\n");
        Map<String, String> left = Map.of(
                "-ea", "<-XX:+UseSerialGC><-XX:MaxNewSize=64m><-XX:PretenureSizeThreshold=4m><-XX:InitialRAMPercentage=25><-XX:MaxRAMPercentage=80>",
                "-XX:+UseSerialGC", "<-XX:+UseSerialGC><-XX:MaxNewSize=64m><-XX:PretenureSizeThreshold=4m><-XX:InitialRAMPercentage=25><-XX:MaxRAMPercentage=80>",
                "-ea -XX:+UseG1GC", "<-XX:InitialRAMPercentage=25><-XX:MaxRAMPercentage=80>",
                "-XX:+UseZGC -Xmx2g", "<-XX:InitialRAMPercentage=25>",
                "@" + file, "<-XX:InitialRAMPercentage=25><-XX:MaxRAMPercentage=80>",
                "-Xmn300m", "<-XX:+UseSerialGC><-XX:PretenureSizeThreshold=4m><-XX:InitialRAMPercentage=25><-XX:MaxRAMPercentage=80>",
                "-Xms1g -Xmx1g", "<-XX:+UseSerialGC><-XX:MaxNewSize=64m><-XX:PretenureSizeThreshold=4m>");
        for (Map.Entry<String, String> each : left.entrySet()) {
            environment.put(variable, each.getKey());
            String out = launch("devices").out();
            assertTrue(out.contains("/scripts/jvm.options>" + each.getValue() + "<-Dalexnet.home"), each.getKey() + ": " + out);
        }
    }

    /** It needs no device, and its heap must not grow with the set. */
    @Test
    void preparingRunsOnTheJvmWithASmallHeap() throws Exception {
        sdkOfSdkman(requiredSdk());
        Map<String, String> left = Map.of("", "<-XX:+UseParallelGC><-Xmx704m>", "-Xmx4g", "<-XX:+UseParallelGC>", "-XX:+UseSerialGC", "<-Xmx704m>");
        for (Map.Entry<String, String> each : left.entrySet()) {
            environment.put("ALEXNET_JAVA_OPTS", each.getKey());
            String out = launch("prepare", "--source", "photos", "--output", "set").out();
            assertTrue(out.contains("/scripts/jvm.options>" + each.getValue() + "<-Dalexnet.home"), each.getKey() + ": " + out);
        }
    }

    @Test
    void theCollectorOfAnSdkGivesWayToTheUsers() throws Exception {
        Path sdk = sdkOfSdkman(requiredSdk());
        Files.writeString(sdk.resolve("tornado-argfile"), "-XX:+UseParallelGC\n-Djava.library.path=" + sdk.resolve("lib") + "\n");
        String options = "/scripts/tornado.options>";
        assertTrue(launch("devices").out().contains(options + "<-Dalexnet.home"));
        environment.put("JAVA_TOOL_OPTIONS", "-XX:+UseParallelGC");
        assertTrue(launch("devices").out().contains(options + "<-Dalexnet.home"));
        environment.put("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC");
        assertTrue(launch("devices").out().contains(options + "<-XX:-UseParallelGC><-Dalexnet.home"));
    }
}
