package alexnet.core.data.shard;

/** A folder that a set may not, or cannot, be prepared in; the message is one line for the user and says what to do. */
public final class PreparationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Says all about it. */
    public PreparationException(String message) {
        super(message);
    }
}
