package alexnet.core.checkpoint;

import java.util.regex.Pattern;

/** A checkpoint that cannot be read, written or used; the message is one line for the user and names the file. */
public sealed class CheckpointException extends RuntimeException permits UnreadableCheckpointException {

    /** What a file says may be quoted in a message, and may say anything: line breaks, or what a terminal takes for commands. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{2028}\\x{2029}]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final int LONGEST = 1000;

    /** A problem that the message says all about. */
    public CheckpointException(String message) {
        super(printable(message));
    }

    /** A problem with a cause. */
    public CheckpointException(String message, Throwable cause) {
        super(printable(message), cause);
    }

    private static String printable(String message) {
        String line = CONTROL.matcher(message).replaceAll(" ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
    }
}
