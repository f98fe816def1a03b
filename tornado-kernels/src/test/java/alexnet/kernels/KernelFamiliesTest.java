package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

class KernelFamiliesTest {

    private static final TornadoDevice DEVICE = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();

    @Test
    void aDeviceUsesTheFirstFamilyThatItRuns() {
        List<KernelFamily> supported = KernelFamilies.supportedBy(DEVICE);
        assertSame(supported.getFirst(), KernelFamilies.of(DEVICE));
        assertEquals("portable", supported.getLast().name());
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
