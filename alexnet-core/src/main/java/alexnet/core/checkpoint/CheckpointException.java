package alexnet.core.checkpoint;

/** A checkpoint that cannot be read, written or used; the message is one line for the user and names the file. */
public final class CheckpointException extends RuntimeException {

    /** A problem that the message says all about. */
    public CheckpointException(String message) {
        super(message);
    }

    /** A problem with a cause. */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
