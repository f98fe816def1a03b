package uk.ac.manchester.tornado.api.exceptions;

/** A task graph, an execution plan or a kernel broke a rule of the runtime. */
public class TornadoRuntimeException extends RuntimeException {

    /** With a message. */
    public TornadoRuntimeException(String message) {
        super(message);
    }

    /** With the cause's message. */
    public TornadoRuntimeException(Exception cause) {
        super(cause);
    }
}
