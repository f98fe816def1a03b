package alexnet.kernels;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a device's driver refused. TornadoVM's native code prints that on standard output and goes on with whatever is in the output
 * then, so whoever ran a plan asks here before it believes the results. One for the process, as standard output is.
 */
public final class DriverErrors {

    private static volatile Supplier<Optional<String>> source = Optional::empty;

    private DriverErrors() {
    }

    /** @param heard gives the first error since it was last asked, of all that was printed until now */
    public static void listen(Supplier<Optional<String>> heard) {
        source = heard;
    }

    /** Drops the errors until now, as of drivers that have no device. */
    public static void forget() {
        source.get();
    }

    /** @throws DriverException if there was an error since the last call */
    public static void check() {
        source.get().ifPresent(error -> {
            throw new DriverException(error);
        });
    }
}
