package alexnet.kernels.check;

import java.util.List;
import java.util.function.BiFunction;

import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** One operation on one shape, with made-up data that is the same every time. */
public final class Case {

    private final String name;
    private final BiFunction<KernelFamily, TornadoDevice, List<Comparison>> check;

    Case(String name, BiFunction<KernelFamily, TornadoDevice, List<Comparison>> check) {
        this.name = name;
        this.check = check;
    }

    /** The operation and what it runs on. */
    public String name() {
        return name;
    }

    /** Runs the operation of a family on a device and compares each array that it writes with the reference. */
    public List<Comparison> run(KernelFamily family, TornadoDevice device) {
        return check.apply(family, device);
    }

    @Override
    public String toString() {
        return name;
    }
}
