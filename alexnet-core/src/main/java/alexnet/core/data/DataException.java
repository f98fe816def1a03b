package alexnet.core.data;

/** A data set that cannot be used; the message is one line for the user, names the place and says what to do. */
public final class DataException extends RuntimeException {

    /** A problem that the message says all about. */
    public DataException(String message) {
        super(message);
    }

    /** A problem with a cause. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
