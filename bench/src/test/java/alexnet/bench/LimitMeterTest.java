package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;

class LimitMeterTest {

    @Test
    void everyDeviceHasLimitsThatHardwareCanHave() {
        List<Device> devices = Devices.ofRuntime().byDefault().stream().distinct().toList();
        try (LimitMeter meter = new LimitMeter(devices)) {
            Limits limits = meter.measure();
            assertTrue(limits.gflops() > 0.1 && limits.gflops() < 1e6, limits.toString());
            assertTrue(limits.gigabytesPerSecond() > 0.01 && limits.gigabytesPerSecond() < 1e5, limits.toString());
        }
    }
}
