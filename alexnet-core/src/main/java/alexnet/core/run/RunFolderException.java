package alexnet.core.run;

/** A folder that a run may not write to; the message is one line for the user and says what to do. */
public final class RunFolderException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RunFolderException(String message) {
        super(message);
    }
}
