package alexnet.core.group;

/**
 * What an execution plan is doing at a moment.
 *
 * @param where the parts and their device
 * @param what  the part of a step, as {@code backward, conv2}
 * @param since {@link System#nanoTime} when it began
 */
public record Activity(String where, String what, long since) {

    /** A plan has nothing to do: what holds a run up is elsewhere. */
    static final String IDLE = "idle";

    /** Whether the plan computes, copies or waits for another. */
    public boolean busy() {
        return !what.equals(IDLE);
    }
}
