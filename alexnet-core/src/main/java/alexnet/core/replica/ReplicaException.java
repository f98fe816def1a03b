package alexnet.core.replica;

/** Another rank has failed, disagrees or cannot be reached; or what connects the ranks is missing or unfit. */
public final class ReplicaException extends RuntimeException {

    public ReplicaException(String message) {
        super(message);
    }

    public ReplicaException(String message, Throwable cause) {
        super(message, cause);
    }
}
