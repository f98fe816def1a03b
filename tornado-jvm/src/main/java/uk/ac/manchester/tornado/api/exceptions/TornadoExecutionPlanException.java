package uk.ac.manchester.tornado.api.exceptions;

/** An execution plan cannot be closed. */
public class TornadoExecutionPlanException extends Exception {

    /** With a message. */
    public TornadoExecutionPlanException(String message) {
        super(message);
    }

    /** With a message and a cause. */
    public TornadoExecutionPlanException(String message, Throwable cause) {
        super(message, cause);
    }
}
