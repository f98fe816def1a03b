package alexnet.kernels.check;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import alexnet.kernels.Algorithm;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * One operation on one shape, with made-up data that is the same every time.
 *
 * @param operation the operation, named as its method of {@link KernelFamily}
 * @param shape     what it runs on
 * @param seed      what the data was drawn with
 * @param ways      the ways that a family has to compute it
 */
public record Case(String operation, String shape, int seed, Function<KernelFamily, List<Way>> ways) {

    /** Runs an operation of a family on a device and compares each array that it writes with the reference. */
    @FunctionalInterface
    public interface Check {
        /** One comparison of each array that the operation writes. */
        List<Comparison> run(KernelFamily family, TornadoDevice device);
    }

    /**
     * One way of a family to compute the case.
     *
     * @param algorithm what users read of it, see {@link Algorithm#name}; empty where the operation has no algorithms
     * @param check     runs it on a device, and compares each array that it writes with the reference
     */
    public record Way(String algorithm, Function<TornadoDevice, List<Comparison>> check) {

        /** One comparison of each array that the operation writes. */
        public List<Comparison> run(TornadoDevice device) {
            return check.apply(device);
        }

        /** Those of a list of algorithms that support a shape. */
        static <S, A extends Algorithm<S>> List<Way> of(List<A> algorithms, Pass pass, S shape,
                                                        BiFunction<A, TornadoDevice, List<Comparison>> check) {
            return algorithms.stream().filter(algorithm -> algorithm.supports(pass, shape))
                    .map(algorithm -> new Way(algorithm.name(), device -> check.apply(algorithm, device))).toList();
        }
    }

    /** A case of an operation that each family computes in one way. */
    public Case(String operation, String shape, int seed, Check check) {
        this(operation, shape, seed, family -> List.of(new Way("", device -> check.run(family, device))));
    }

    @Override
    public String toString() {
        return operation + " " + shape + ", seed " + seed;
    }
}
