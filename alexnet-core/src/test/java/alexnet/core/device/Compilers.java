package alexnet.core.device;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** What tests have to know of the compilers of kernels. */
public final class Compilers {

    private Compilers() {
    }

    /** Skips on TornadoVM, which compiles all kernels of every network, what says as much on the JVM. */
    public static void assumeQuick() {
        assumeFalse(Devices.onTornado(), "it is tried on the JVM alone, as networks take long to compile there");
    }
}
