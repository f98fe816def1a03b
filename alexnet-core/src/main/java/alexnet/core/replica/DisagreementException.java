package alexnet.core.replica;

/** The ranks were not started alike: what differs, and on which of them, in a line. All of them throw the same. */
public final class DisagreementException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public DisagreementException(String message) {
        super(message);
    }
}
