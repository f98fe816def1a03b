package uk.ac.manchester.tornado.api.exceptions;

/** There is no device of that index or name. */
public class TornadoDeviceNotFound extends TornadoRuntimeException {

    /** With a message. */
    public TornadoDeviceNotFound(String message) {
        super(message);
    }
}
