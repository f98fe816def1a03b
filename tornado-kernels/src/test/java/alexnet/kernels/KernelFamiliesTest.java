package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

class KernelFamiliesTest {

    private static final TornadoDevice DEVICE = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();

    @Test
    void aDeviceUsesTheFamilyThatIsMadeForIt() {
        boolean isJvm = DEVICE.getTornadoVMBackend() == TornadoVMBackendType.JAVA;
        String expected = isJvm ? "host" : DEVICE.getDeviceType() == TornadoDeviceType.GPU ? "gpu" : "portable";
        assertEquals(expected, KernelFamilies.of(DEVICE).name());
        assertEquals(expected, KernelFamilies.supportedBy(DEVICE).getFirst().name());
    }

    @Test
    void aFamilyIsChosenByItsName() {
        assertEquals("portable", KernelFamilies.named("portable", DEVICE).name());
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatThereAre() {
        String message = assertThrows(IllegalArgumentException.class, () -> KernelFamilies.named("fast", DEVICE)).getMessage();
        assertTrue(message.contains("'fast'") && message.contains("portable"), message);
    }
}
