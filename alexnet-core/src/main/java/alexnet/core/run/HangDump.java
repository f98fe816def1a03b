package alexnet.core.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import alexnet.core.group.Activity;
import alexnet.core.run.Watchdog.Silence;

/**
 * What a run was doing when it stopped going on, for whoever looks for the cause: the parts of a step that its devices were in,
 * and where every thread stood.
 *
 * @param silence    for how long, and since when
 * @param activities of the devices
 * @param checkpoint to go on from, if there is one
 */
public record HangDump(Silence silence, List<Activity> activities, Optional<Path> checkpoint) {

    /** One sentence: what is held up, and by which device if one is busy. */
    public String sentence() {
        List<String> busy = activities.stream().filter(Activity::busy).map(each -> each.where() + " is at " + each.what()).toList();
        return "nothing has gone on for " + time(silence.limit().toNanos()) + " since " + silence.since() + ": "
                + (busy.isEmpty() ? "no device is busy, something else hangs" : String.join(", ", busy));
    }

    private static String time(long nanos) {
        double seconds = nanos / 1e9;
        return seconds < 120 ? String.format(Locale.ROOT, "%.1f s", seconds) : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }

    /** The whole dump. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(sentence());
        lines.add(silence.place() == null ? "No step has been finished."
                : "The last step that was finished is " + silence.place().step() + ", in epoch " + silence.place().epoch() + ".");
        lines.add(checkpoint.map(file -> "The checkpoint to go on from is " + file + ".").orElse("There is no checkpoint to go on from."));
        lines.add("");
        long now = System.nanoTime();
        activities.forEach(each -> lines.add(each.where() + ": " + each.what() + ", for " + time(now - each.since())));
        Thread.getAllStackTraces().entrySet().stream().sorted(Comparator.comparing(each -> each.getKey().threadId())).forEach(each -> add(lines, each));
        return String.join("\n", lines) + "\n";
    }

    private static void add(List<String> lines, Map.Entry<Thread, StackTraceElement[]> entry) {
        Thread thread = entry.getKey();
        lines.add("");
        lines.add("thread " + thread.getName() + (thread.isDaemon() ? ", daemon, " : ", ") + thread.getState().toString().toLowerCase(Locale.ROOT));
        for (StackTraceElement frame : entry.getValue()) {
            lines.add("    at " + frame);
        }
    }

    /**
     * Writes it to a run's folder, under the name of the last step; returns where.
     *
     * @throws IOException if it cannot be written
     */
    public Path write(Path folder) throws IOException {
        long step = silence.place() == null ? 0 : silence.place().step();
        return Files.writeString(folder.resolve(String.format(Locale.ROOT, "hang-%08d.txt", step)), text());
    }
}
