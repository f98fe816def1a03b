package alexnet.core.data.decode;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/**
 * What threads take in turns: as many as were ever used at once, however many threads come and go.
 *
 * @param <T> of what
 */
public final class Pool<T> {

    private final ConcurrentLinkedDeque<T> free = new ConcurrentLinkedDeque<>();
    private final Supplier<T> maker;

    /** @param maker of a new one */
    public Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    /** One that nobody uses. */
    public T take() {
        T taken = free.pollFirst();
        return taken != null ? taken : maker.get();
    }

    /** Lets others use it. */
    public void giveBack(T taken) {
        free.addFirst(taken);
    }
}
