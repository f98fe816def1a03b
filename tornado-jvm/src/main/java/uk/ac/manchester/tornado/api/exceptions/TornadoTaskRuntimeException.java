package uk.ac.manchester.tornado.api.exceptions;

/** A task of a graph is named or built wrongly. */
public class TornadoTaskRuntimeException extends RuntimeException {

    /** With a message. */
    public TornadoTaskRuntimeException(String message) {
        super(message);
    }

    /** With a message and a cause. */
    public TornadoTaskRuntimeException(String message, Exception cause) {
        super(message, cause);
    }
}
