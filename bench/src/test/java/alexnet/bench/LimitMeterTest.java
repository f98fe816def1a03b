package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Speed is for benchmarks: tested is that the work is done that the rates are told of. */
class LimitMeterTest {

    private static final int LANES = Math.max(HostLimitKernels.LANES, PortableLimitKernels.LANES);
    private static final int LENGTH = 256;

    private interface Kernel {
        void run(int items, IntArray repetitions, FloatArray values);
    }

    private record Named(String name, int unrolled, Kernel kernel) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Named> kernels() {
        return Stream.of(new Named("host", 1, HostLimitKernels::multiplyAdd), new Named("lanes", 1, PortableLimitKernels::multiplyAddLanes),
                new Named("gpu", PortableLimitKernels.UNROLLED, PortableLimitKernels::multiplyAdd));
    }

    private static float afterDoubling(Named named, int times) {
        FloatArray values = new FloatArray(LANES);
        values.init(2);
        named.kernel.run(1, IntArray.fromElements(times / named.unrolled), values);
        return values.get(0);
    }

    /** Doubled 128 times, every number is infinite, and 0 times that is no number; what begins at 30 or below is finite before. */
    @ParameterizedTest
    @MethodSource("kernels")
    void everyRepetitionIsDone(Named named) {
        assertEquals(2, afterDoubling(named, 118));
        assertTrue(Float.isNaN(afterDoubling(named, 128)));
    }

    private static void assertTriad(FloatArray a, FloatArray b, FloatArray c) {
        for (int i = 0; i < LENGTH; i++) {
            assertEquals(b.get(i) + 0.5f * c.get(i), a.get(i));
        }
    }

    @Test
    void theTriadReachesEveryElement() {
        FloatArray b = new FloatArray(LENGTH);
        FloatArray c = new FloatArray(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            b.set(i, i);
            c.set(i, 1000 - 3 * i);
        }
        FloatArray a = new FloatArray(LENGTH);
        PortableLimitKernels.triad(LENGTH, 0.5f, a, b, c);
        assertTriad(a, b, c);
        a.init(0);
        PortableLimitKernels.triadLanes(LENGTH / PortableLimitKernels.LANES, 0.5f, a, b, c);
        assertTriad(a, b, c);
        assumeFalse(Devices.onTornado(), "the host's kernels need arrays of the heap");
        a.init(0);
        HostLimitKernels.triad(LENGTH, 2 * LANES, 0.5f, a, b, c);
        assertTriad(a, b, c);
    }

    @Test
    void everyDeviceIsMeasured() {
        List<Device> devices = Devices.ofRuntime().byDefault().stream().distinct().toList();
        try (LimitMeter meter = new LimitMeter(devices)) {
            Limits limits = meter.measure();
            assertTrue(Double.isFinite(limits.gflops()) && limits.gflops() > 0, limits.toString());
            assertTrue(Double.isFinite(limits.gigabytesPerSecond()) && limits.gigabytesPerSecond() > 0, limits.toString());
        }
    }
}
