package alexnet.runner;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import alexnet.core.group.Activity;
import alexnet.core.group.TwoGroupNetwork;

/**
 * The network of a run: a new one in the place of the old one where the run goes back, for there is memory for one alone. It is
 * built while its caller does something else, such as reading images: {@link #network()} waits for it.
 */
final class RunNetwork implements AutoCloseable {

    private final Supplier<TwoGroupNetwork> builder;
    private final long seed;
    private CompletableFuture<TwoGroupNetwork> building;
    /** Looked at by the watchdog's thread, too. */
    private volatile TwoGroupNetwork network;

    /**
     * Begins to build it.
     *
     * @param seed  of its start values
     * @param isNew whether it gets them: a network that goes on is loaded with a checkpoint
     */
    RunNetwork(Supplier<TwoGroupNetwork> builder, long seed, boolean isNew) {
        this.builder = builder;
        this.seed = seed;
        begin(isNew);
    }

    private void begin(boolean isNew) {
        building = CompletableFuture.supplyAsync(() -> build(isNew), task -> Thread.ofPlatform().daemon().name("network").start(task));
    }

    private TwoGroupNetwork build(boolean isNew) {
        TwoGroupNetwork built = builder.get();
        try {
            if (isNew) {
                built.initialize(seed);
            }
            return built;
        } catch (RuntimeException | Error failed) {
            built.close();
            throw failed;
        }
    }

    /** As it is now; what its building has failed with is thrown. */
    TwoGroupNetwork network() {
        if (network == null) {
            try {
                network = building.join();
            } catch (CompletionException failed) {
                switch (failed.getCause()) {
                    case RuntimeException exception -> throw exception;
                    case Error error -> throw error;
                    default -> throw failed;
                }
            }
        }
        return network;
    }

    /**
     * A new one, not loaded.
     *
     * @param isNew whether it gets start values
     */
    void renew(boolean isNew) {
        close();
        begin(isNew);
    }

    /** What its groups are doing now; nothing while there is none. */
    List<Activity> activities() {
        TwoGroupNetwork now = network;
        return now == null ? List.of() : now.activities();
    }

    @Override
    public void close() {
        TwoGroupNetwork old = building.handle((built, _) -> built).join();
        if (old != null) {
            old.close();
            network = null;
        }
    }
}
