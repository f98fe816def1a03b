package alexnet.core.device;

/** A device that was asked for isn't there, or none is; the message names those that are. */
public final class DeviceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the line that the user sees. */
    public DeviceException(String message) {
        super(message);
    }

    /** With the line that the user sees and what led to it. */
    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
