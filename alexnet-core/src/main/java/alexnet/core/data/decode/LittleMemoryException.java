package alexnet.core.data.decode;

/** A picture that may be sound, but takes more memory than decoding has here: another machine, or a larger heap, reads it. */
public final class LittleMemoryException extends ImageException {

    private static final long serialVersionUID = 1;

    /** A reason in a few words. */
    public LittleMemoryException(String reason) {
        super(reason);
    }

    /** A reason in a few words. */
    public LittleMemoryException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
