package alexnet.runner;

import java.util.List;
import java.util.function.Supplier;

import alexnet.core.group.Activity;
import alexnet.core.group.TwoGroupNetwork;

/** The network of a run: a new one in the place of the old one where the run goes back, for there is memory for one alone. */
final class RunNetwork implements AutoCloseable {

    private final Supplier<TwoGroupNetwork> builder;
    /** Looked at by the watchdog's thread, too. */
    private volatile TwoGroupNetwork network;

    RunNetwork(Supplier<TwoGroupNetwork> builder) {
        this.builder = builder;
        network = builder.get();
    }

    /** As it is now. */
    TwoGroupNetwork network() {
        return network;
    }

    /** A new one, not loaded. */
    void renew() {
        close();
        network = builder.get();
    }

    /** What its groups are doing now; nothing while there is none. */
    List<Activity> activities() {
        TwoGroupNetwork now = network;
        return now == null ? List.of() : now.activities();
    }

    @Override
    public void close() {
        TwoGroupNetwork old = network;
        if (old != null) {
            old.close();
            network = null;
        }
    }
}
