package alexnet.kernels.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * However many threads a device has, no number is packed, transposed or multiplied more than once: the host kernels are made to count. What
 * minimal filtering transforms may grow a little: see {@link #SEEN}.
 */
class SharedWorkTest {

    private static final String DEVICES = "tornado.jvm.devices";
    private static final String THREADS = "tornado.jvm.threads";

    /** Columns that the tiles on both sides of a border between strips see are transformed for each; more threads have more strips. */
    private static final Pattern SEEN = Pattern.compile("winograd/Transforms.input=(\\d+)");
    private static final double MOST_SEEN_AGAIN = 1.25;

    /** What is counted, and how many numbers a call of the method takes. */
    private static final List<Fault> COUNTING = List.of(
            counting("Matrices", "transpose", "(long) rows * columns"),
            counting("Panels", "packColumns", "(long) rows * taps"),
            counting("FewImagesKernels", "splitRow", "width"),
            counting("PackedProduct", "pack", "(long) (to - from) * (aWidth + bWidth)"),
            counting("BroadcastProduct", "multiplyRuns", "(long) rows * columns * runs * length"),
            counting("DotProduct", "add", "(long) leftRows * rightRows * length"),
            counting("winograd/Transforms", "input", "(long) lines * vectors"),
            counting("winograd/WeightTransform", "panel", "1"));

    private static Fault counting(String source, String method, String numbers) {
        return new Fault("host", "", "counting", "host/" + source, method, ") {\n",
                ") {\n alexnet.kernels.host.WorkCount.add(\"" + source + "." + method + "\", " + numbers + ");\n");
    }

    @AfterEach
    void forget() {
        System.clearProperty(DEVICES);
        System.clearProperty(THREADS);
    }

    @Test
    void sixteenThreadsDoTheWorkOfOneOnceAndGiveTheSameBits(@TempDir Path classes) throws Exception {
        assumeFalse(TornadoRuntimeProvider.class.getModule().isNamed(), "the host kernels are the JVM's");
        for (Fault count : COUNTING) {
            count.compileTo(classes);
        }
        String one = counted(classes, 1);
        for (Fault count : COUNTING) {
            assertTrue(one.contains(count.source().substring("host/".length()) + "." + count.method() + "="), () -> count.source() + " is not counted: " + one);
        }
        for (int threads : List.of(2, 16)) {
            String many = counted(classes, threads);
            assertEquals(SEEN.matcher(one.replaceFirst("1 threads", threads + " threads")).replaceAll(""), SEEN.matcher(many).replaceAll(""));
            assertTrue(seen(many) <= MOST_SEEN_AGAIN * seen(one), () -> threads + " threads transform " + seen(many) + " instead of " + seen(one));
        }
    }

    private static long seen(String counts) {
        return SEEN.matcher(counts).results().mapToLong(count -> Long.parseLong(count.group(1))).sum();
    }

    private static String counted(Path classes, int threads) throws ReflectiveOperationException {
        System.setProperty(DEVICES, "1");
        System.setProperty(THREADS, String.valueOf(threads));
        return new FaultyProgram(classes).run("alexnet.kernels.host.CountedRun", "", "");
    }
}
