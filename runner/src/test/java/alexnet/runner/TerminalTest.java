package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The program in processes of its own, on terminals that util-linux' {@code script} makes for it. */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SameOnEveryRuntime
class TerminalTest {

    private static final String ERASE = "\u001B[K";

    private Path folder;

    @BeforeAll
    void requireTerminals(@TempDir Path temporary) throws Exception {
        assumeTrue(new ProcessBuilder("script", "--version").start().waitFor() == 0, "script is not installed (Debian: apt-get install bsdutils)");
        folder = temporary;
    }

    /** What a terminal of so many columns gets of a run; all that is set is in {@code environment}. */
    private String show(int columns, String environment, String redirection, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ShownRun.class.getName()));
        command.addAll(List.of(options));
        String quoted = command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Path script = Files.writeString(folder.resolve("script.sh"), "stty cols " + columns + " rows 24\nexport " + environment + "\n" + quoted + redirection + "\n");
        ProcessBuilder terminal = new ProcessBuilder("script", "-qec", "bash '" + script + "'", "/dev/null");
        terminal.environment().keySet().removeAll(List.of("COLUMNS", "NO_COLOR", "TERM"));
        Process process = terminal.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), out);
        return Stream.of(out.replace("\r\n", "\n").split("\n")).filter(line -> !line.startsWith("WARNING: ")).collect(Collectors.joining("\n"));
    }

    /** The lines that are there in the end. */
    private static List<String> screen(String output) {
        return Stream.of(output.split("\n")).map(line -> {
            StringBuilder shown = new StringBuilder();
            int column = 0;
            for (int i = 0; i < line.length(); i++) {
                if (line.startsWith(ERASE, i)) {
                    shown.setLength(column);
                    i += ERASE.length() - 1;
                } else if (line.charAt(i) == '\r') {
                    column = 0;
                } else {
                    shown.replace(column, Math.min(++column, shown.length()), line.substring(i, i + 1));
                }
            }
            return shown.toString();
        }).toList();
    }

    private static List<String> bars(String output) {
        return Stream.of(output.split("[\r\n]")).filter(part -> part.endsWith(ERASE) && part.length() > ERASE.length()).map(part -> part.replace(ERASE, "")).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 80, 200})
    void aBarFitsItsTerminalAndLeavesNothingBehind(int columns) throws Exception {
        String output = show(columns, "TERM=xterm", "");
        List<String> bars = bars(output);
        assertTrue(bars.stream().anyMatch(bar -> bar.startsWith("epoch 1/2.50")), output);
        bars.forEach(bar -> assertTrue(bar.length() < columns, bar));
        assertEquals(columns >= 80, bars.stream().anyMatch(bar -> bar.contains("20 % waiting") && bar.contains(" left")), bars.toString());
        List<String> screen = screen(output);
        assertEquals("a driver says something", screen.getFirst(), String.join("\n", screen));
        assertEquals(List.of("epoch 1.25/2.50, step 5: loss 0.700", "epoch 2.50/2.50, step 10: loss 0.700", "best top-1 50.0 % in epoch 1.25: best.safetensors"),
                screen.subList(1, screen.size()).stream().map(line -> line.replaceFirst(", validation.*", "")).toList());
    }

    @Test
    void columnsThatTheUserSetsCountWhereTheyAreFewer() throws Exception {
        bars(show(200, "TERM=xterm COLUMNS=30", "")).forEach(bar -> assertTrue(bar.length() < 30, bar));
        bars(show(30, "TERM=xterm COLUMNS=200", "")).forEach(bar -> assertTrue(bar.length() < 30, bar));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=dumb", "TERM="})
    void whatCannotDrawALineAgainGetsLines(String environment) throws Exception {
        String output = show(80, environment, "");
        assertFalse(output.contains("\r") || output.contains("\u001B"), output);
    }

    @Test
    void aWindowMayBeResizedMeanwhile() throws Exception {
        List<String> bars = bars(show(80, "TERM=xterm RESIZE_TO=40", ""));
        assertTrue(bars.stream().anyMatch(bar -> bar.length() > 40), bars.toString());
        assertTrue(bars.getLast().length() < 40, bars.toString());
    }

    @Test
    void whatIsNoTerminalGetsLines() throws Exception {
        assertEquals("", show(80, "TERM=xterm", " >'" + folder.resolve("out") + "' 2>'" + folder.resolve("err") + "'"));
        String written = Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err"));
        assertFalse(written.contains("\r") || written.contains("\u001B"), written);
        assertTrue(Files.readString(folder.resolve("out")).matches("(?s)epoch 1.25/2.50, step 5: .*majority baseline 50.0 %.*"), written);
    }

    @Test
    void whoWantsQuietGetsOneLine() throws Exception {
        List<String> screen = screen(show(80, "TERM=xterm", "", "--quiet"));
        assertEquals(List.of("a driver says something", "best top-1 50.0 % in epoch 1.25: best.safetensors"), screen);
    }

    @Test
    void programsGetJsonAloneAndPeopleNoBar() throws Exception {
        String terminal = show(80, "TERM=xterm", " >'" + folder.resolve("log") + "'", "--log-json");
        assertTrue(bars(terminal).isEmpty() && screen(terminal).stream().anyMatch(line -> line.startsWith("epoch 1.25/2.50, step 5: ")), terminal);
        List<String> events = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("log"))) {
            events.add(new ObjectMapper().readTree(line).get("event").textValue());
        }
        assertEquals("started", events.getFirst());
        assertEquals("ended", events.getLast());
        assertEquals(Events.STEPS, events.stream().filter("step_finished"::equals).count(), events.toString());
    }
}
