package alexnet.core.run;

/**
 * What a run is asked for from outside, by signals: asked for from any thread, answered by the run between two steps. Nothing
 * here waits, so that a signal handler may call it.
 */
public final class RunRequest {

    private volatile boolean stop;
    private volatile boolean snapshot;

    /** Asks the run to write a checkpoint behind the step it is in, and to end. */
    public void stop() {
        stop = true;
    }

    /** Asks the run to write a checkpoint behind the step it is in, and to go on. */
    public void snapshot() {
        snapshot = true;
    }

    /** Whether the run was asked to end. It stays so. */
    public boolean stopping() {
        return stop;
    }

    /** Whether a checkpoint was asked for since the last call. */
    boolean takeSnapshot() {
        boolean asked = snapshot;
        // A request between the two lines is answered by the same checkpoint.
        snapshot = false;
        return asked;
    }
}
