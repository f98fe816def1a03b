package alexnet.core.data.shard;

/** An image would be left out of a set for want of memory alone; the message is one line for the user and says what to do. */
public final class MemoryShortageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MemoryShortageException(String image, Throwable why) {
        super(image + " is " + why.getMessage() + ": give Java more by ALEXNET_JAVA_OPTS=-Xmx4g, and start again", why);
    }
}
