package alexnet.kernels.benchmark;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
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

import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.decode.ImageDecoder;
import alexnet.core.data.decode.JpegCodecs;
import alexnet.core.data.decode.JpegLibrary;

/** From the bytes of a JPEG in memory to 256 × 256 pixels, by one thread; images a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeJpegBenchmark {

    static final StoredSize SIZE = new StoredSize(256, 256);
    static final int CHANNELS = 3;
    private static final int QUALITY = 92;

    /** What decodes. */
    @Param({"TURBO", "JAVA"})
    public JpegLibrary decoder;

    /** Columns and rows of the photograph: a stored one's, those usual in ImageNet, a camera's. */
    @Param({"256x256", "500x375", "4000x3000"})
    public String size;

    private byte[] file;
    private final MemorySegment pixels = Arena.ofAuto().allocate((long) CHANNELS * SIZE.area());

    @Setup
    public void write() {
        String[] sides = size.split("x");
        JpegCodecs.use(decoder);
        file = jpeg(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }

    /** Shades, texture and grain, of about as many bits a pixel as photographs have. */
    static byte[] jpeg(int width, int height) {
        byte[] planar = new byte[CHANNELS * height * width];
        Random random = new Random(1);
        for (int i = 0; i < planar.length; i++) {
            int x = i % width;
            int y = i / width % height;
            planar[i] = (byte) (128 + 60 * Math.sin((x + 2 * y) / 300.0 + i / (height * width)) + 25 * Math.sin(x / 5.0) * Math.sin(y / 7.0)
                    + 4 * random.nextGaussian());
        }
        return JpegCodecs.encoder().encode(MemorySegment.ofArray(planar), CHANNELS, height, width, QUALITY);
    }

    /** As any image is read: decoded, turned, scaled and cropped. */
    @Benchmark
    public void run() throws IOException {
        ImageDecoder.read(file, CHANNELS, Preprocessing.covering(SIZE), pixels);
    }
}
