package uk.ac.manchester.tornado.api.exceptions;

/** A kernel cannot be compiled for the device. */
public class TornadoCompilationException extends RuntimeException {

    /** With a message. */
    public TornadoCompilationException(String message) {
        super(message);
    }
}
