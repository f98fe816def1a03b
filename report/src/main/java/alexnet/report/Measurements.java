package alexnet.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import alexnet.report.RunData.Measured;

/**
 * A run's measurements, of any number: when there are too many, every second one goes, but for the best. The next one then stands
 * for its time, too. Not thread-safe.
 */
final class Measurements {

    /** Measurements kept at most. */
    static final int CAPACITY = 2000;

    private final List<Measured> all = new ArrayList<>();

    /** Adds one; it takes the place of those behind its step, as after going back to a checkpoint. */
    void add(Measured measured) {
        forgetBehind(measured.metrics().step() - 1);
        all.add(measured);
        if (all.size() > CAPACITY) {
            thin();
        }
    }

    void forgetBehind(long step) {
        while (!all.isEmpty() && all.getLast().metrics().step() > step) {
            all.removeLast();
        }
    }

    private void thin() {
        Measured best = all.stream().max(Comparator.comparingDouble(m -> m.metrics().top1())).orElseThrow();
        List<Measured> kept = new ArrayList<>();
        double seconds = 0;
        for (int i = 0; i < all.size(); i++) {
            Measured measured = all.get(i);
            seconds += measured.seconds();
            if (i % 2 == 1 || i == all.size() - 1 || measured == best) {
                kept.add(new Measured(measured.metrics(), measured.imagesPerSecond(), seconds));
                seconds = 0;
            }
        }
        all.clear();
        all.addAll(kept);
    }

    /** In the order of their steps. */
    List<Measured> list() {
        return List.copyOf(all);
    }
}
