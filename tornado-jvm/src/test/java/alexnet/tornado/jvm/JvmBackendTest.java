package alexnet.tornado.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TornadoDeviceMap;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

class JvmBackendTest {

    private final Properties before = new Properties();

    @BeforeEach
    void saveProperties() {
        before.putAll(System.getProperties());
        System.clearProperty("tornado.jvm.devices");
        System.clearProperty("tornado.jvm.threads");
    }

    @AfterEach
    void restoreProperties() {
        System.setProperties(before);
    }

    private static List<String> devices(JvmBackend backend) {
        return backend.getAllDevices().stream().map(TornadoDevice::toString).toList();
    }

    @Test
    void twoDevicesShareTheProcessorsByDefault() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        String name = "JVM, " + threads + (threads == 1 ? " thread" : " threads");
        assertEquals(List.of("jvm:0 (" + name + ")", "jvm:1 (" + name + ")"), devices(new JvmBackend()));
    }

    @Test
    void devicesAndTheirThreadsCanBeSet() {
        System.setProperty("tornado.jvm.devices", "3");
        System.setProperty("tornado.jvm.threads", "1");
        assertEquals(List.of("jvm:0 (JVM, 1 thread)", "jvm:1 (JVM, 1 thread)", "jvm:2 (JVM, 1 thread)"), devices(new JvmBackend()));
    }

    @Test
    void aSettingThatIsNoPositiveNumberIsAnError() {
        for (String value : new String[] {"0", "-1", "many", ""}) {
            System.setProperty("tornado.jvm.devices", value);
            String message = assertThrows(IllegalArgumentException.class, JvmBackend::new).getMessage();
            assertEquals("-Dtornado.jvm.devices=" + value + ": must be a whole number of at least 1", message);
        }
    }

    @Test
    void aDeviceIsCalledWhatItIs() {
        TornadoDevice device = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
        assertEquals("jvm:0", device.getDeviceName());
        assertEquals("JVM, 4 threads", device.getPhysicalDevice().getDeviceName());
        assertEquals(TornadoDeviceType.CPU, device.getDeviceType());
        assertEquals(TornadoVMBackendType.JAVA, device.getTornadoVMBackend());
        assertEquals(Runtime.getRuntime().maxMemory(), device.getMaxGlobalMemory());
        assertEquals(4, device.getPhysicalDevice().getDeviceMaxComputeUnits());
        assertTrue(device.getDeviceInfo().toString().contains("MiB of heap, shared by all devices"));
    }

    @Test
    void devicesAreFoundByNameAndByType() {
        TornadoDeviceMap map = TornadoExecutionPlan.getTornadoDeviceMap();
        assertEquals(1, map.getNumBackends());
        assertEquals("JVM", map.getAllBackends().getFirst().getName());
        assertEquals(2, map.getDevicesByName("jvm").count());
        assertEquals(0, map.getDevicesByName("OpenCL").count());
        assertEquals(2, map.getDevicesByType(TornadoDeviceType.CPU).count());
        assertEquals(0, map.getDevicesByType(TornadoDeviceType.GPU).count());
        assertEquals(0, map.getBackendsWithPredicate(backend -> backend.getNumDevices() > 2).size());
        assertEquals(1, map.getBackendsWithDevicePredicate(device -> device.getDeviceName().equals("jvm:1")).size());
    }

    @Test
    void theDefaultDeviceCanBeSet() {
        JvmBackend backend = new JvmBackend();
        backend.setDefaultDevice(1);
        assertEquals("jvm:1", backend.getDefaultDevice().getDeviceName());
        assertEquals(TornadoDeviceType.CPU, backend.getTypeDefaultDevice());
    }

    @Test
    void whatIsNotThereIsAnErrorThatSaysWhatIs() {
        String device = assertThrows(TornadoDeviceNotFound.class, () -> new JvmBackend().getDevice(2)).getMessage();
        assertTrue(device.startsWith("there is no device jvm:2: there are jvm:0 to jvm:1"), device);
        assertThrows(TornadoBackendNotFound.class, () -> TornadoExecutionPlan.getDevice(1, 0));
    }
}
