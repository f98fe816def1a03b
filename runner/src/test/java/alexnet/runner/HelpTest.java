package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {

    private static final int NOT_A_DESCRIPTOR = 1_000_000;
    private static final int EXAMPLE_COLUMNS = 90;

    private static CommandLine program() {
        return Main.commandLine(new StringWriter(), new StringWriter());
    }

    /** The program and all its commands but hidden ones. */
    static Stream<CommandLine> commands() {
        return commands(program());
    }

    private static Stream<CommandLine> commands(CommandLine from) {
        return Stream.concat(Stream.of(from), from.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden()).flatMap(HelpTest::commands));
    }

    private static Terminal columns(int columns) {
        return new Terminal(NOT_A_DESCRIPTOR, Map.of("COLUMNS", String.valueOf(columns)));
    }

    private static String help(CommandLine command, int columns) {
        return UsageHelp.of(command, columns(columns));
    }

    /** As the shell would make words of them, and without what scripts/alexnet takes for itself. */
    private static String[] arguments(String example) {
        String command = example.replaceFirst(".*\\| |mpirun -n \\d+ ", "").replaceFirst(" +(#|>).*", "");
        assertTrue(command.startsWith("alexnet "), example);
        List<String> words = new ArrayList<>(List.of(command.substring("alexnet ".length()).replace("'", "").split(" ")));
        LauncherOptions.all().forEach(option -> {
            int at = words.indexOf(option.longestName());
            if (at >= 0) {
                words.subList(at, at + 1 + option.arity().min()).clear();
            }
        });
        return words.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasExamplesThatItTakes(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        Examples examples = command.getCommandSpec().userObject().getClass().getAnnotation(Examples.class);
        assertNotNull(examples, name);
        String help = help(command, 80);
        for (String example : examples.value()) {
            assertTrue(example.contains(name + " ") || example.endsWith(name), example);
            assertTrue(example.length() <= EXAMPLE_COLUMNS, example);
            assertTrue(help.contains(System.lineSeparator() + "  " + example + System.lineSeparator()), help);
            program().parseArgs(arguments(example));
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noLineIsLongerThanTheTerminal(CommandLine command) {
        for (int columns : new int[] {20, 40, 59, 60, 80, 200}) {
            List<String> text = help(command, columns).lines().takeWhile(line -> !line.equals("Examples:")).toList();
            int longestWord = text.stream().flatMap(line -> Stream.of(line.strip().split(" "))).mapToInt(String::length).max().orElseThrow();
            // A word that is longer than its column is not torn.
            text.forEach(line -> assertTrue(line.length() <= Math.max(Math.min(columns, 100), longestWord + 8), columns + ": " + line));
        }
    }

    @Test
    void aNarrowHelpLosesNoWord() {
        for (CommandLine command : commands().toList()) {
            assertEquals(words(help(command, 80)), words(help(command, 40)), command.getCommandName());
        }
    }

    private static List<String> words(String help) {
        return List.of(help.replaceAll("\\s+", "").split(""));
    }

    @Test
    void everyOptionOfTrainStandsUnderAHeading() {
        CommandLine train = program().getSubcommands().get("train");
        List<String> help = help(train, 80).lines().toList();
        List<String> headings = List.of("Data:", "Run:", "Schedule:", "Output:", "Watching:", "Other options:");
        assertEquals(headings, help.stream().filter(headings::contains).toList());
        List<String> others = help.subList(help.indexOf("Other options:"), help.size()).stream().takeWhile(line -> !line.isEmpty())
                .filter(line -> line.matches(" {2,6}-.*")).toList();
        assertEquals(3, others.size(), others.toString());
        for (OptionSpec option : train.getCommandSpec().options()) {
            assertEquals(1, help.stream().filter(line -> line.matches(" {2,6}(-\\w, )?(--\\w+, )?" + option.longestName() + "\\b(?!-).*")).count(),
                    option.longestName());
        }
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        CommandLine program = program();
        assertFalse(help(program, 80).contains("\u001B"));
        for (Map<String, String> environment : List.of(Map.of("CLICOLOR_FORCE", "1"), Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", ""))) {
            assertTrue(UsageHelp.of(program, new Terminal(NOT_A_DESCRIPTOR, environment)).contains("\u001B[1m"), environment.toString());
        }
        for (Map<String, String> environment : List.of(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1"), Map.of("CLICOLOR_FORCE", "0"), Map.of("TERM", "xterm"))) {
            assertFalse(UsageHelp.of(program, new Terminal(NOT_A_DESCRIPTOR, environment)).contains("\u001B"), environment.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-3", "many"})
    void whereNobodyTellsTheColumnsThereAreEighty(String columns) {
        assertAll(() -> assertEquals(80, new Terminal(NOT_A_DESCRIPTOR, Map.of("COLUMNS", columns)).columns()),
                () -> assertEquals(80, new Terminal(NOT_A_DESCRIPTOR, Map.of()).columns()));
    }
}
