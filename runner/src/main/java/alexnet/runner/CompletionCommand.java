package alexnet.runner;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Teaches a shell the program's commands and options. */
@Command(name = "completion", mixinStandardHelpOptions = true,
        description = "Print a script that has a shell complete commands, options, their values and files when Tab is pressed, for alexnet and"
                + " scripts/alexnet alike.")
@Examples({"alexnet completion bash > ~/.local/share/bash-completion/completions/alexnet",
    "alexnet completion zsh > ~/.alexnet.zsh    # and in ~/.zshrc: source ~/.alexnet.zsh"})
final class CompletionCommand implements Runnable {

    /** Which there are scripts for. */
    enum Shell {
        BASH, ZSH
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh", description = "The shell; both take the same script.")
    private Shell shell;

    @Override
    public void run() {
        spec.commandLine().getOut().print(Completion.script(spec.root()));
        spec.commandLine().getOut().flush();
    }
}
