package alexnet.core.checkpoint;

import java.io.IOException;

/** A checkpoint that may well be good, but cannot be read here and now: the file system fails, or another program has written it. */
public final class UnreadableCheckpointException extends CheckpointException {

    private static final long serialVersionUID = 1;

    /** A file of a format that is not known. */
    public UnreadableCheckpointException(String message) {
        super(message);
    }

    /** A file that the file system does not give. */
    public UnreadableCheckpointException(String message, IOException cause) {
        super(message, cause);
    }
}
