package alexnet.runner;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;

import picocli.CommandLine.Option;

/** Whom a command tells how it goes on, and in what form. */
@Section("Watching")
final class LogOptions extends QuietOption {

    @Option(names = "--log-json",
            description = "Print a line of JSON for everything that happens (docs/training.md lists the fields), and the lines for people on standard error.")
    private boolean json;

    @Override
    void silence() {
        super.silence();
        json = false;
    }

    /** For programs, if they are to be told. */
    Optional<JsonLog> json() {
        return json ? Optional.of(new JsonLog(out(), Clock.systemUTC())) : Optional.empty();
    }

    /** Where the lines for people go that tell how it goes on. */
    PrintWriter text() {
        return json || isQuiet() ? news() : out();
    }

    /** Where results go that people get in any case. */
    PrintWriter results() {
        return json ? news() : out();
    }

    /** The columns that a line of {@link #text} has. */
    int columns() {
        Terminal terminal = StandardOutput.terminal();
        return !json && terminal.isThere() ? terminal.columns() : Integer.MAX_VALUE;
    }

    @Override
    Meters meters() {
        return json && !isQuiet() ? Meters.forLogs(err()) : super.meters();
    }
}
