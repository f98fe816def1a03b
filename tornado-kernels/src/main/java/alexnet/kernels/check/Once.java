package alexnet.kernels.check;

import java.util.function.Supplier;

/** A reference that several algorithms are held against, computed by the first of them. */
final class Once<T> implements Supplier<T> {

    private Supplier<T> computation;
    private T value;

    Once(Supplier<T> computation) {
        this.computation = computation;
    }

    @Override
    public T get() {
        if (computation != null) {
            value = computation.get();
            computation = null;
        }
        return value;
    }
}
