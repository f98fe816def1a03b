package alexnet.core.device;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** What tests have to know of the compilers of kernels. */
public final class Compilers {

    private Compilers() {
    }

    /** Skips on TornadoVM, which compiles all kernels of every network, what the host does alike on every runtime. */
    public static void assumeQuick() {
        assumeFalse(Devices.onTornado(), "there the host does the same, and networks take long to compile");
    }
}
