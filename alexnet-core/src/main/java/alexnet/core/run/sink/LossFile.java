package alexnet.core.run.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;

/**
 * losses.csv, a line a step, each of which is out of the process when its step is done. The first four columns are the same whenever a
 * run is repeated; images_per_second and waiting, the share of the step's time that it waited for images, 0 to 1, are not.
 */
public final class LossFile implements RunSink {

    /** Its name. */
    public static final String NAME = "losses.csv";
    /** The columns of tables that tell no speed. */
    private static final String EARLIER_HEADER = "step,epoch,lr,loss";
    private static final String HEADER = EARLIER_HEADER + ",images_per_second,waiting";
    /** What a run's table may begin with. */
    public static final List<String> HEADERS = List.of(HEADER, EARLIER_HEADER);

    private static final Pattern LINE = Pattern.compile("(\\d{1,18}),\\d+,[0-9.e+-]+,[0-9.e+-]+(,[0-9.e+-]*,[0-9.e+-]*)?");

    private final Path file;
    private Table table;
    /** The last that was told. */
    private long step;

    private LossFile(Path file, Table table, long step) {
        this.file = file;
        this.table = table;
        this.step = step;
    }

    /** Keeps the lines of the first {@code steps} steps, as far as they are there and whole; a run that was cut off may have left more. */
    public static LossFile open(Path file, long steps) throws IOException {
        return new LossFile(file, table(file, steps), steps);
    }

    private static Table table(Path file, long steps) throws IOException {
        return Table.open(file, HEADER, steps > 0 && Files.exists(file) ? kept(file, steps) : List.of());
    }

    private static List<String> kept(Path file, long steps) throws IOException {
        // Latin-1 takes any bytes, so that a damaged line is one that does not match.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<String> kept = new ArrayList<>();
        // A file of a run that went on in this folder begins with that run's first step.
        long next = -1;
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(1).toList()) {
            Matcher matcher = LINE.matcher(line);
            long step = matcher.matches() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
            if (step > steps || next >= 0 && step != next) {
                break;
            }
            kept.add(matcher.group(2) == null ? line + ",," : line);
            next = step + 1;
        }
        return kept;
    }

    @Override
    public void on(RunEvent event) throws IOException {
        if (event instanceof RunEvent.StepFinished finished) {
            step = finished.place().step();
            // Nine digits tell any two floats apart, so two runs can be compared step by step.
            table.add(step, finished.place().epoch(), String.format(Locale.ROOT, "%.6g", finished.lr()),
                    String.format(Locale.ROOT, "%.9g", finished.loss()), aSecond(finished.images(), finished),
                    aSecond(finished.waitingSeconds(), finished));
        } else if (event instanceof RunEvent.Started(_, Place place, _) && place.step() < step) {
            step = place.step();
            table.close();
            table = table(file, step);
        }
    }

    /** Empty for a step that the clock did not see. */
    private static String aSecond(double amount, RunEvent.StepFinished step) {
        return step.seconds() == 0 ? "" : String.format(Locale.ROOT, "%.4g", amount / step.seconds());
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
