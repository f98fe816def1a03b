package alexnet.kernels.check;

import java.util.List;

import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * One operation on one shape, with made-up data that is the same every time.
 *
 * @param operation the operation, named as its method of {@link KernelFamily}
 * @param shape     what it runs on
 * @param seed      what the data was drawn with
 * @param check     how to run it
 */
public record Case(String operation, String shape, int seed, Check check) {

    /** Runs an operation of a family on a device and compares each array that it writes with the reference. */
    @FunctionalInterface
    public interface Check {
        /** One comparison of each array that the operation writes. */
        List<Comparison> run(KernelFamily family, TornadoDevice device);
    }

    /** Runs the operation of a family on a device and compares each array that it writes with the reference. */
    public List<Comparison> run(KernelFamily family, TornadoDevice device) {
        return check.run(family, device);
    }

    @Override
    public String toString() {
        return operation + " " + shape + ", seed " + seed;
    }
}
