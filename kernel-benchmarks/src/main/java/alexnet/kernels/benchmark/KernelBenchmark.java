package alexnet.kernels.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/** What all benchmarks have in common: where they run and what is timed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public abstract class KernelBenchmark {

    private static final int COLD_STARTS = 3;

    /** The device's id. */
    @Param("jvm:0")
    public String device;

    /** The family of kernels; empty for the one made for the device. */
    @Param("")
    public String kernels;

    /** By which algorithms convolutions are computed. */
    @Param("AUTO")
    public AlgorithmChoice convolution;

    /** Images in a batch. */
    @Param("128")
    public int images;

    private Arrangement resident;
    private Arrangement transferred;

    /** Adds the operation's tasks, with arrays of the arrangement. */
    abstract void arrange(Arrangement arrangement);

    /** Makes the arrays; nothing is compiled, copied or run. */
    @Setup(Level.Trial)
    public void arrange() {
        Device chosen = Devices.ofRuntime().named(device).getFirst();
        KernelFamily family = kernels.isEmpty() ? KernelFamilies.of(chosen.device(), convolution)
                : KernelFamilies.named(kernels, chosen.device(), convolution);
        resident = new Arrangement(family, images);
        transferred = new Arrangement(family, images);
        for (Arrangement arrangement : List.of(resident, transferred)) {
            arrange(arrangement);
        }
        resident.keepOnDevice(chosen.device());
        transferred.transferAlways(chosen.device());
    }

    /** Gives the device's memory back. */
    @TearDown(Level.Trial)
    public void close() throws TornadoExecutionPlanException {
        resident.close();
        transferred.close();
    }

    /** Timed: the launch and the kernel. The arrays are on the device since the warm-up, and the results stay there. */
    @Benchmark
    public TornadoExecutionResult run() {
        return resident.execute();
    }

    /** Timed: all arrays to the device, the launch and the kernel, the results back. */
    @Benchmark
    public TornadoExecutionResult runWithTransfers() {
        return transferred.execute();
    }

    /**
     * Timed, once in each of three new processes: compilation of the kernel (on the JVM, interpreting it until then), memory on the
     * device, transfers, the kernel. A driver that keeps compiled kernels on disk, as PoCL does, compiles in the first of them alone.
     */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    @Fork(COLD_STARTS)
    public TornadoExecutionResult firstRun() {
        return transferred.execute();
    }
}
