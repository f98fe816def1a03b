package alexnet.kernels.benchmark;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import alexnet.core.data.decode.JpegCodecs;
import alexnet.core.data.decode.JpegLibrary;
import alexnet.core.data.decode.StoredJpegs;

/** A JPEG of 256 × 256 pixels as it is read from a prepared set, by one thread; images a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeStoredJpegBenchmark {

    /** What decodes. */
    @Param({"TURBO", "JAVA"})
    public JpegLibrary decoder;

    private MemorySegment jpeg;
    private final MemorySegment pixels = Arena.ofAuto().allocate((long) DecodeJpegBenchmark.CHANNELS * DecodeJpegBenchmark.SIZE.area());

    @Setup
    public void write() {
        JpegCodecs.use(decoder);
        jpeg = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, DecodeJpegBenchmark.jpeg(DecodeJpegBenchmark.SIZE.width(), DecodeJpegBenchmark.SIZE.height()));
    }

    /** From outside the heap, to outside the heap. */
    @Benchmark
    public void run() throws IOException {
        StoredJpegs.read(jpeg, DecodeJpegBenchmark.CHANNELS, DecodeJpegBenchmark.SIZE, pixels);
    }
}
