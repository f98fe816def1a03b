package alexnet.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import alexnet.core.group.Activity;
import alexnet.core.run.HangDump;
import alexnet.core.run.Watchdog;
import alexnet.core.training.Interval;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How long a run may stand still, and its end when it does. */
@Section("Run")
final class StepTimeout {

    private static final String DEFAULT = "30m";
    /** Where the disk hangs, too, or standard error, the process ends without a dump. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(20);

    @Option(names = "--step-timeout", paramLabel = "DURATION", converter = Converter.class, defaultValue = DEFAULT,
            description = "End with a dump of what is going on when a step, a validation batch or a checkpoint takes longer than this, as when"
                    + " a device hangs: 90s, 30m, 2h; 0 waits for ever. The first step compiles kernels. Default: " + DEFAULT + ".")
    private Duration limit;

    /** A time as that of an {@link Interval}, or 0. */
    static final class Converter implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            if (text.matches("0[smh]?")) {
                return Duration.ZERO;
            }
            try {
                if (Interval.parse(text) instanceof Interval.Time time) {
                    return time.duration();
                }
            } catch (IllegalArgumentException wrong) {
                // Told below, for intervals are more than times.
            }
            throw new TypeConversionException("'" + text + "' is no duration: 90s, 30m and 2h are, and 0");
        }
    }

    /** Zero where the run waits for ever. */
    Duration limit() {
        return limit;
    }

    /**
     * Watches a run from now on.
     *
     * @param folder     gets the dump of rank 0; those of others go to a temporary folder
     * @param activities of its devices
     * @param checkpoint the newest, if there is one
     * @param ranks      tell why, and end: where one hangs, the others wait for it, and each says what it was doing
     */
    Watchdog watch(Path folder, Supplier<List<Activity>> activities, Supplier<Optional<Path>> checkpoint, Ranks ranks) {
        return new Watchdog(limit, silence -> {
            Thread.ofPlatform().daemon().name("end").start(() -> endAfter(LAST_WORDS));
            Optional<Path> newest = checkpoint.get();
            HangDump dump = new HangDump(silence, activities.get(), newest);
            String written;
            try {
                written = "what it was doing is in " + dump.write(ranks.isFirst() ? folder : Files.createTempDirectory("alexnet-"));
            } catch (IOException failure) {
                written = new OutputException(folder, failure).getMessage();
            }
            ranks.say("alexnet: " + dump.sentence() + "; " + written + (!ranks.isFirst() ? ""
                    : newest.map(file -> "; the run goes on from " + file).orElse("; no checkpoint has been written")));
            ranks.awaitOthersWords();
            ranks.endNow(ExitCode.HANGS);
        });
    }

    private static void endAfter(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
        ExitCode.HANGS.endNow();
    }
}
