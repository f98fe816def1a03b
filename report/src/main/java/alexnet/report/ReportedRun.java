package alexnet.report;

/** A run and what its network has learnt. */
public record ReportedRun(RunData data, Findings findings) {
}
