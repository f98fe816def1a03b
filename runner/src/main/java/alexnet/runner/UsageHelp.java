package alexnet.runner;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a command: options under headings where there are any, examples, and lines as long as the terminal's. */
final class UsageHelp extends Help {

    private static final int WIDEST = 100;
    /** Columns of two make no sense in less. */
    private static final int NARROWEST_TABLE = 60;
    private static final int UNBROKEN = 10_000;
    private static final String LAUNCHER = "launcher";
    private static final String EXAMPLES = "examples";
    private static final String LINE = "%n";

    private UsageHelp(CommandSpec spec, ColorScheme colours) {
        super(spec, colours);
    }

    /** Has a command line and its commands explained so. */
    static void install(CommandLine commandLine) {
        commandLine.setHelpFactory(UsageHelp::new);
        List<String> keys = new ArrayList<>(commandLine.getHelpSectionKeys());
        keys.add(keys.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), LAUNCHER);
        keys.add(EXAMPLES);
        commandLine.setHelpSectionKeys(keys);
        commandLine.getHelpSectionMap().put(LAUNCHER, help -> ((UsageHelp) help).launcher());
        commandLine.getSubcommands().values().forEach(UsageHelp::addExamples);
        addExamples(commandLine);
    }

    private static void addExamples(CommandLine commandLine) {
        commandLine.getHelpSectionMap().put(EXAMPLES, help -> ((UsageHelp) help).examples());
        commandLine.getSubcommands().values().forEach(UsageHelp::addExamples);
    }

    /** The help of a command for a terminal or a file. */
    static String of(CommandLine command, Terminal target) {
        int columns = target.columns();
        boolean narrow = columns < NARROWEST_TABLE;
        command.setUsageHelpWidth(narrow ? UNBROKEN : Math.min(WIDEST, columns));
        String text = command.getUsageMessage(target.hasColours() && !narrow ? Ansi.ON : Ansi.OFF);
        return narrow ? Narrow.text(text, columns) : text;
    }

    @Override
    public String optionList() {
        Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
        List<OptionSpec> others = new ArrayList<>();
        for (OptionSpec option : commandSpec().options()) {
            if (!option.hidden()) {
                String heading = heading(option);
                (heading == null ? others : sections.computeIfAbsent(heading, _ -> new ArrayList<>())).add(option);
            }
        }
        // Few have headings, or none.
        if (!others.stream().allMatch(UsageHelp::isEveryCommands)) {
            return super.optionList();
        }
        sections.put("Other options", others);
        return sections.entrySet().stream().map(section -> createHeading(LINE + section.getKey() + ":" + LINE) + list(section.getValue()))
                .collect(Collectors.joining());
    }

    private static boolean isEveryCommands(OptionSpec option) {
        return option.usageHelp() || option.versionHelp() || option.inherited();
    }

    private static String heading(OptionSpec option) {
        if (!(option.userObject() instanceof AnnotatedElement element)) {
            return null;
        }
        Section own = element.getAnnotation(Section.class);
        Section common = ((Member) element).getDeclaringClass().getAnnotation(Section.class);
        return own != null ? own.value() : common != null ? common.value() : null;
    }

    /** All lists of a command have their columns in the same places. */
    private String list(List<OptionSpec> options) {
        Comparator<OptionSpec> order = commandSpec().usageMessage().sortOptions() ? createDefaultOptionSort() : null;
        IOptionRenderer withDefaults = (option, labels, scheme) -> createDefaultOptionRenderer().render(withDefault(option), labels, scheme);
        Layout layout = new Layout(colorScheme(), createDefaultLayout().textTable(), withDefaults, createDefaultParameterRenderer());
        return optionListExcludingGroups(options, layout, order, parameterLabelRenderer());
    }

    /** The defaults of what recipes set are in files. */
    private static OptionSpec withDefault(OptionSpec option) {
        return TrainingKeys.defaultOf(option).map(value -> option.toBuilder().description(String.join(" ", option.description()) + " Default: " + value + ".").build())
                .orElse(option);
    }

    private String launcher() {
        if (commandSpec().parent() != null) {
            return "";
        }
        return createHeading(LINE + "Options of scripts/alexnet, with any command:" + LINE)
                + optionListExcludingGroups(LauncherOptions.all(), createDefaultLayout(LauncherOptions.all(), List.of(), colorScheme()), null, parameterLabelRenderer());
    }

    private String examples() {
        Examples examples = commandSpec().userObject().getClass().getAnnotation(Examples.class);
        return examples == null ? "" : createHeading(LINE + "Examples:" + LINE)
                + Stream.of(examples.value()).map(line -> "  " + line + System.lineSeparator()).collect(Collectors.joining());
    }
}
