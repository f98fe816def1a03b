package alexnet.kernels.host;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Every pass by every algorithm on the first device, cut for its threads: what was counted, and the results' bits. */
public final class CountedRun implements BinaryOperator<String> {

    /** What is counted but where a batch does not fill a vector: there each block of filters brings all pixels into the order of use. */
    private static final String PIXELS = "PackedProduct.pack";
    private static final int FEW = 2;
    private static final int MANY = 75;

    /** Arguments are of no account. */
    @Override
    public String apply(String first, String second) {
        int threads = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice().getPhysicalDevice().getDeviceMaxComputeUnits();
        Map<String, Integer> results = new TreeMap<>();
        run(threads, FEW, results);
        Map<String, Long> few = WorkCount.take();
        few.remove(PIXELS);
        run(threads, MANY, results);
        return threads + " threads\n" + few + "\n" + WorkCount.take() + "\n" + results;
    }

    private static void run(int threads, int images, Map<String, Integer> results) {
        for (AlgorithmChoice choice : AlgorithmChoice.values()) {
            HostKernels family = new HostKernels(threads, choice);
            for (Pass pass : Pass.values()) {
                for (ConvolutionShape shape : new ConvolutionShape[] {new ConvolutionShape(images, 3, 31, 31, 48, 11, 4, 2, 1),
                    new ConvolutionShape(images, 24, 13, 13, 40, 3, 1, 1, 2), new ConvolutionShape(images, 16, 9, 9, 64, 5, 1, 2, 1)}) {
                    results.put(choice + " " + pass + " " + shape, Arrays.hashCode(TaskRun.of(family, pass, shape)));
                }
                FullyConnectedShape shape = new FullyConnectedShape(images, 600, 410);
                results.put(choice + " " + pass + " " + shape, Arrays.hashCode(TaskRun.of(family, pass, shape)));
            }
        }
    }
}
