package alexnet.core.training;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How often something is done in a run, as users write it: {@code 500} steps, {@code 15m} or {@code 2h}, {@code 1e} or {@code 0.5e}. */
public sealed interface Interval {

    /** Far below a step, far above what fractions of epochs are rounded by. */
    double ROUNDING = 1e-9;

    /** What users may write. */
    String FORMS = "a number of steps (500), of epochs (1e, 0.5e) or a time (90s, 15m, 2h)";

    /** The end of every epoch. */
    Interval EPOCH = new Epochs(1);

    /** So many steps. */
    record Steps(long steps) implements Interval {

        public Steps {
            require(steps >= 1, steps + " steps");
        }

        @Override
        @JsonValue
        public String toString() {
            return Long.toString(steps);
        }
    }

    /** So many epochs, or a fraction. */
    record Epochs(double epochs) implements Interval {

        public Epochs {
            require(epochs > ROUNDING && epochs < Double.POSITIVE_INFINITY, epochs + " epochs");
        }

        @Override
        @JsonValue
        public String toString() {
            return (epochs == Math.rint(epochs) ? Long.toString((long) epochs) : Double.toString(epochs)) + "e";
        }
    }

    /** So much time on the clock: what is done at such intervals is not the same when a run is repeated. */
    record Time(Duration duration) implements Interval {

        /** The clock counts nanoseconds. */
        private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

        public Time {
            require(duration.isPositive(), duration + "");
            if (duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("an interval of " + seconds(duration) + "s is longer than any run: it must be " + FORMS
                        + ", at most " + LONGEST.toHours() + "h");
            }
        }

        @Override
        @JsonValue
        public String toString() {
            return seconds(duration) + "s";
        }

        private static String seconds(Duration duration) {
            BigDecimal seconds = BigDecimal.valueOf(duration.toSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
            return seconds.stripTrailingZeros().toPlainString();
        }
    }

    private static void require(boolean holds, String interval) {
        if (!holds) {
            throw new IllegalArgumentException("an interval of " + interval + " never comes to an end: it must be " + FORMS + ", above 0");
        }
    }

    /**
     * Whether an end of the interval lies behind one place of a run, and at or before a later one.
     *
     * @param step   of the first place
     * @param epochs of the first place, with their fraction
     * @throws IllegalStateException for a time, which no place tells
     */
    default boolean endsWithin(long step, double epochs, long laterStep, double laterEpochs) {
        return switch (this) {
            case Steps every -> laterStep / every.steps > step / every.steps;
            case Epochs every -> Math.floor(laterEpochs / every.epochs + ROUNDING) > Math.floor(epochs / every.epochs + ROUNDING);
            case Time time -> throw new IllegalStateException("no place in a run says whether " + time + " have passed");
        };
    }

    /**
     * The interval that a user has written.
     *
     * @throws IllegalArgumentException quoting the text and saying what it may be
     */
    @JsonCreator
    static Interval parse(String text) {
        Matcher matcher = Pattern.compile("(\\d{1,10}(?:\\.\\d{1,9})?|\\.\\d{1,9})\\s*([a-z]*)").matcher(text.strip().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            double number = Double.parseDouble(matcher.group(1));
            switch (matcher.group(2)) {
                case "", "step", "steps" -> {
                    if (number == Math.rint(number)) {
                        return new Steps((long) number);
                    }
                }
                case "e", "epoch", "epochs" -> {
                    return new Epochs(number);
                }
                case "s", "sec", "seconds" -> {
                    return time(number, 1);
                }
                case "m", "min", "minutes" -> {
                    return time(number, 60);
                }
                case "h", "hours" -> {
                    return time(number, 3600);
                }
                default -> { }
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no interval: it must be " + FORMS);
    }

    private static Time time(double number, int seconds) {
        return new Time(Duration.ofMillis(Math.round(number * seconds * 1000)));
    }
}
