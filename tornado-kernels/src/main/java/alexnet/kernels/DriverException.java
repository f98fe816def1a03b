package alexnet.kernels;

/** A device's driver refused a kernel, a copy or the like, so that what was computed is worth nothing. */
public final class DriverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what the driver refused, as TornadoVM's native code tells it. */
    DriverException(String error) {
        super("a device refused to compute: " + error);
    }
}
