package alexnet.core.data;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What threads that work for another bring that one: results, or what they failed with. */
public final class Workers {

    private Workers() {
    }

    /**
     * Waits for a result.
     *
     * @param doing what an interruption says was interrupted
     * @throws DataException if the thread that waits is interrupted; what the worker failed with is thrown as it is, see {@link #unchecked}
     */
    public static <T> T result(Future<T> result, String doing) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("interrupted while " + doing, e);
        }
    }

    /** A failure for whoever waited to throw on: itself if it is unchecked, else as the cause of one that is; an error is thrown here. */
    public static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }
}
