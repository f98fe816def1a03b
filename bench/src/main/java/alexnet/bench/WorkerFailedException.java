package alexnet.bench;

/** A worker process has ended before its time; the message is what it said last. */
public final class WorkerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    WorkerFailedException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the process exited with. */
    public int exitCode() {
        return exitCode;
    }
}
