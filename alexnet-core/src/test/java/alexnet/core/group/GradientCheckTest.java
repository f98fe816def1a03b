package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.kernels.KernelFamilies;

/** The check passes on the runtime's devices. */
class GradientCheckTest {

    @Test
    void theGradientOfBothGroupsIsThatOfTheLoss() {
        List<Device> devices = Devices.ofRuntime().byDefault();
        List<TwoGroupNetwork.Placement> placements = List.of(devices.getFirst(), devices.getLast()).stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList();
        List<GradientCheck.Result> results = GradientCheck.run(placements, 8, 1, System.out::println);
        assertEquals(16, results.size());
        results.forEach(result -> assertTrue(result.passed(), result.toString()));
    }
}
