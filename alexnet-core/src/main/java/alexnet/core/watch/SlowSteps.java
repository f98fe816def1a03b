package alexnet.core.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** Tells of steps that take far longer than others: data that come slowly, a device that is shared or too hot. */
public final class SlowSteps {

    private static final int WINDOW = 101;
    /** Fewer steps, among which those are that have kernels compiled, do not tell what is usual. */
    private static final int ENOUGH = 21;
    private static final double FACTOR = 10;
    /** Nobody minds shorter ones. */
    private static final double MIN_SECONDS = 1;

    private final Deque<Double> recent = new ArrayDeque<>();
    private long slow;

    /** Takes the next step's time; what there is to tell: of the first slow one, and again whenever there have been twice as many. */
    public Optional<String> step(double seconds, double waitingSeconds) {
        double median = recent.size() < ENOUGH ? Double.POSITIVE_INFINITY
                : recent.stream().sorted().skip(recent.size() / 2).findFirst().orElseThrow();
        recent.addLast(seconds);
        if (recent.size() > WINDOW) {
            recent.removeFirst();
        }
        if (seconds < MIN_SECONDS || seconds < FACTOR * median || Long.bitCount(++slow) > 1) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "the step took %.1f s, %.1f of them waiting for images; half of the steps before took less than %.2f s%s",
                seconds, waitingSeconds, median, slow == 1 ? "" : ". There have been " + slow + " such steps"));
    }
}
