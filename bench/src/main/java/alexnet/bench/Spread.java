package alexnet.bench;

import java.util.Collection;

/** The median of several measurements, with the least and the largest. */
public record Spread(double median, double minimum, double maximum) {

    /** Of at least one number. */
    public static Spread of(Collection<Double> measurements) {
        double[] sorted = measurements.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured, so there is no median");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** What a second holds of something that takes that many seconds: the shortest time makes the largest rate. */
    public Spread rate(double amount) {
        return new Spread(amount / median, amount / maximum, amount / minimum);
    }
}
