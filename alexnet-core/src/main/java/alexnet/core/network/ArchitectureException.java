package alexnet.core.network;

/** A file that describes no network: one line that begins with its name and the number of the line. */
public final class ArchitectureException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    ArchitectureException(String message) {
        super(message);
    }
}
