package alexnet.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The script by which bash and zsh complete a command line, made by picocli. What an option takes is told by the label of its value:
 * words in small letters stand for themselves, {@code FILE} and {@code FOLDER} for such; and by its completion candidates.
 */
final class Completion {

    private static final String FILES = "files";
    private static final String FOLDERS = "folders";
    /** Of what is offered no word. */
    private static final String ALONE = "_alone";

    /** Bash makes three words of '--option=value' and zsh one; picocli's script takes two. */
    private static final String EQUALS_SIGN = """
              local word=${COMP_WORDS[COMP_CWORD]}
              if [[ $word == '=' ]]; then
                COMP_WORDS[COMP_CWORD]=
              elif [[ $COMP_CWORD -gt 1 && ${COMP_WORDS[COMP_CWORD-1]} == '=' ]]; then
                COMP_WORDS=("${COMP_WORDS[@]:0:$((COMP_CWORD - 1))}" "$word")
                COMP_CWORD=$((COMP_CWORD - 1))
              elif [[ $word == --*=* ]]; then
                COMP_WORDS=("${COMP_WORDS[@]:0:$COMP_CWORD}" "${word%%=*}" "${word#*=}")
                COMP_CWORD=$((COMP_CWORD + 1))
                ENTRY
                COMPREPLY=("${COMPREPLY[@]/#/${word%%=*}=}")
                return
              fi
            """;

    private Completion() {
    }

    /** The script for a command and all below it. */
    static String script(CommandSpec root) {
        String entry = "_complete_" + root.name();
        String head = "function " + entry + "() {\n";
        return withFiles(AutoComplete.bash(root.name(), new CommandLine(copy(root, new int[1])))).replace(head, head + EQUALS_SIGN.replace("ENTRY", entry));
    }

    /** The names and values alone; picocli calls a script's variables by labels, so that each option gets one of its own. */
    private static CommandSpec copy(CommandSpec command, int[] labels) {
        CommandSpec copy = CommandSpec.create().name(command.name());
        Stream.concat(command.options().stream(), LauncherOptions.all().stream()).filter(option -> !option.hidden())
                .forEach(option -> copy.addOption(copy(option, labels)));
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            List<String> words = words(parameter.paramLabel(), parameter.completionCandidates());
            copy.addPositional(PositionalParamSpec.builder().index(parameter.index().toString()).arity(parameter.arity().toString())
                    .paramLabel(parameter.paramLabel()).type(words.isEmpty() ? Path.class : String.class)
                    .completionCandidates(words.isEmpty() ? null : words).build());
        }
        command.subcommands().forEach((name, subcommand) -> {
            if (!subcommand.getCommandSpec().usageMessage().hidden()) {
                copy.addSubcommand(name, copy(subcommand.getCommandSpec(), labels));
            }
        });
        return copy;
    }

    private static OptionSpec copy(OptionSpec option, int[] labels) {
        OptionSpec.Builder copy = OptionSpec.builder(option.names());
        if (option.arity().min() == 0) {
            return copy.type(boolean.class).arity("0").build();
        }
        List<String> labelled = List.of(option.paramLabel().split("\\|"));
        String kind = labelled.contains("FILE") ? FILES : labelled.contains("FOLDER") ? FOLDERS : "words";
        List<String> words = words(option.paramLabel(), option.completionCandidates());
        copy.type(String.class).arity("1").paramLabel(kind + (words.isEmpty() ? ALONE : "") + "_" + labels[0]++);
        return words.isEmpty() && kind.equals("words") ? copy.build() : copy.completionCandidates(words).build();
    }

    private static List<String> words(String label, Iterable<String> candidates) {
        List<String> words = new ArrayList<>(Stream.of(label.split("\\|")).filter(word -> word.matches("[a-z0-9-]+")).toList());
        if (candidates != null) {
            candidates.forEach(candidate -> {
                if (words.stream().noneMatch(candidate::equalsIgnoreCase)) {
                    words.add(candidate);
                }
            });
        }
        return words;
    }

    /** Offers files and folders beside words, which picocli does not know how to. */
    private static String withFiles(String script) {
        return offer(FOLDERS, "-d", offer(FILES, "-f", script));
    }

    private static String offer(String kind, String option, String script) {
        String values = "( *)COMPREPLY=\\( (\\$\\( compReplyArray \"\\$\\{%s_\\d+_option_args\\[@\\]}\" \\)) \\)";
        String reply = "$1type compopt &>/dev/null && compopt -o filenames\n$1COMPREPLY=( %s\\$( compgen " + option + " -- \"\\${curr_word}\" ) )";
        return script.replaceAll(values.formatted(kind), reply.formatted("$2 ")).replaceAll(values.formatted(kind + ALONE), reply.formatted(""));
    }
}
