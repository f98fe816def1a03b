package alexnet.report;

/** A quantity over a run's steps, of which a bounded number of points is kept. */
public final class Curve {
}
