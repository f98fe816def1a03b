package alexnet.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

import alexnet.kernels.AlgorithmChoice;

/** The benchmarks of single kernels. Found as a service, in a module that is built only when they are asked for. */
public interface KernelBenchmarks {

    /**
     * Which of them run, and where.
     *
     * @param names   regular expressions, of which one is found in {@code Class.method}; none selects all
     * @param devices their ids
     * @param kernels the family of kernels; empty for the one made for the device
     * @param convolution by which algorithms convolutions are computed
     * @param images  in a batch
     * @param seconds of each measurement, of which there are five, and five to warm up
     * @param report  gets the results as JSON; null for none
     */
    record Selection(List<String> names, List<String> devices, String kernels, AlgorithmChoice convolution, int images, int seconds, Path report) {
    }

    /** Prints the names of those selected. */
    void list(Selection selection, PrintWriter out);

    /**
     * Runs them, each in a process of its own, and prints their results to standard output.
     *
     * @throws IllegalArgumentException if none is selected
     */
    void run(Selection selection);
}
