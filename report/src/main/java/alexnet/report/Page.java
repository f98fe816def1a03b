package alexnet.report;

/** The page of one or several runs. */
public final class Page {
}
