package alexnet.core.data.decode;

/** A library that was asked for is not installed; the message is one line for the user and says what to do. */
public final class MissingLibraryException extends RuntimeException {

    MissingLibraryException(String message) {
        super(message);
    }
}
