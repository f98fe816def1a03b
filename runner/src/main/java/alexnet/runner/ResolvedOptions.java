package alexnet.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import alexnet.core.training.Interval;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** All options of a command as they count, by their keys in a configuration. */
final class ResolvedOptions {

    /** Where a run goes and how it is watched, which is said anew with every start. */
    private static final Set<String> NOT_OF_THE_RUN = Set.of("config", "recipe", "output", "resume", "overwrite", "allow_changed_data", "live", "live_address",
            "live_token", "log_json", "quiet");

    private ResolvedOptions() {
    }

    /**
     * Gathers them.
     *
     * @param resolved values that are other than what was parsed, or null; by key
     */
    static Map<String, Object> of(CommandSpec spec, Map<String, Object> resolved) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) {
            String key = Settings.key(option.longestName());
            boolean everyCommands = option.usageHelp() || option.versionHelp() || option.inherited();
            Object value = resolved.getOrDefault(key, option.getValue());
            if (!everyCommands && !NOT_OF_THE_RUN.contains(key) && value != null && !List.of().equals(value)) {
                options.put(key, plain(value));
            }
        }
        return options;
    }

    /** Folders are found from anywhere. */
    private static Object plain(Object value) {
        return switch (value) {
            case Number number -> number;
            case Boolean truth -> truth;
            case Duration duration -> duration.isZero() ? "0" : new Interval.Time(duration).toString();
            case Path path -> path.toAbsolutePath().normalize().toString();
            case List<?> list -> list.stream().map(ResolvedOptions::plain).toList();
            default -> value.toString();
        };
    }
}
