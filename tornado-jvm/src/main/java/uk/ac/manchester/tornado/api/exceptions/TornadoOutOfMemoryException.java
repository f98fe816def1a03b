package uk.ac.manchester.tornado.api.exceptions;

/** A device has not enough memory for an array. */
public class TornadoOutOfMemoryException extends RuntimeException {

    /** With a message. */
    public TornadoOutOfMemoryException(String message) {
        super(message);
    }
}
