package alexnet.core.data.decode;

import java.io.IOException;

/**
 * A file whose content is no picture that can be used: of no known format, damaged, truncated, or too large. The message
 * is a short reason without the file's name. Every other {@link IOException} of a decoder comes from the file system.
 */
public sealed class ImageException extends IOException permits LittleMemoryException {

    /** A reason in a few words. */
    public ImageException(String reason) {
        super(reason);
    }

    /** A reason in a few words. */
    public ImageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
