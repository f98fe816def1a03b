package uk.ac.manchester.tornado.api.exceptions;

/** There is no back end of that index. */
public class TornadoBackendNotFound extends TornadoRuntimeException {

    /** With a message. */
    public TornadoBackendNotFound(String message) {
        super(message);
    }
}
