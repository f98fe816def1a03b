package alexnet.runner;

import java.util.function.Supplier;

import alexnet.core.group.TwoGroupNetwork;

/** The network of a run: a new one in the place of the old one where the run goes back, for there is memory for one alone. */
final class RunNetwork implements AutoCloseable {

    private final Supplier<TwoGroupNetwork> builder;
    private TwoGroupNetwork network;

    RunNetwork(Supplier<TwoGroupNetwork> builder) {
        this.builder = builder;
        network = builder.get();
    }

    /** As it is now. */
    TwoGroupNetwork network() {
        return network;
    }

    /** A new one, not loaded. */
    TwoGroupNetwork renew() {
        close();
        network = builder.get();
        return network;
    }

    @Override
    public void close() {
        if (network != null) {
            network.close();
            network = null;
        }
    }
}
