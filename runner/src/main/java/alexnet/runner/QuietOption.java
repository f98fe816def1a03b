package alexnet.runner;

import java.io.PrintWriter;
import java.io.Writer;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a command tells how it goes on. */
@Section("Watching")
sealed class QuietOption permits LogOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-q", "--quiet"}, description = "Print results, warnings and failures alone: no progress, and nothing of what is going to be done.")
    private boolean quiet;

    /** Has it tell nothing. */
    void silence() {
        quiet = true;
    }

    /** Whether it does not. */
    final boolean isQuiet() {
        return quiet;
    }

    /** What shows how far it is. */
    Meters meters() {
        return quiet ? Meters.silent() : Meters.forPeople(err());
    }

    /** Where goes what is good to know, but no warning. */
    final PrintWriter news() {
        return quiet ? new PrintWriter(Writer.nullWriter()) : err();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
