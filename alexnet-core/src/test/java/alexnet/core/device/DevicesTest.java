package alexnet.core.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.ac.manchester.tornado.api.enums.TornadoDeviceType.CPU;
import static uk.ac.manchester.tornado.api.enums.TornadoDeviceType.GPU;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

class DevicesTest {

    private final Device processor = device("0:0", "PoCL", CPU);
    private final Device graphics = device("0:1", "NVIDIA", GPU);
    private final Device otherGraphics = device("0:2", "NVIDIA", GPU);
    private final Device otherProcessor = device("0:3", "PoCL", CPU);

    private static Device device(String id, String platform, TornadoDeviceType type) {
        return new Device(id, "OpenCL", platform, type, "a device", 1 << 30, null);
    }

    private static Devices machine(Device... devices) {
        return new Devices("TornadoVM", List.of(devices));
    }

    private static String ids(List<Device> devices) {
        return String.join(",", devices.stream().map(Device::id).toList());
    }

    @Test
    void theRuntimeOfThisProcessHasDevicesWithDistinctIds() {
        Devices devices = Devices.ofRuntime();
        assertEquals(devices.all().size(), devices.all().stream().map(Device::id).distinct().count());
        for (Device device : devices.all()) {
            assertSame(device, devices.byIds(device.id()).getFirst());
            assertTrue(device.memoryBytes() > 0, device::toString);
            assertFalse(device.name().isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({"CUDA,CUDA", "PTX,PTX", "OPENCL,OpenCL", "JAVA,JVM", "LATER,LATER"})
    void aBackEndIsCalledByItsType(String type, String label) {
        assertEquals(label, Device.label(type));
    }

    @Test
    void aDriversVersionIsTakenFromWhatTornadoVmTellsOfTheDevice() {
        assertEquals(Optional.of("3.1+debian 2"), Device.driver("Device version   : OpenCL 3.0 PoCL\nDriver version   : 3.1+debian 2 \nEndianness : little\n"));
        assertEquals(Optional.empty(), Device.driver("a GPU whose Driver version : 1 is not told"));
        assertEquals(Optional.empty(), Device.driver("null"));
    }

    @Test
    void theDefaultIsTwoDevicesOfOneKind() {
        assertEquals("0:0,0:3", ids(machine(processor, otherProcessor).byDefault()));
        assertEquals("0:1,0:2", ids(machine(graphics, otherGraphics).byDefault()));
    }

    /** As ranks of one machine do. */
    @Test
    void processesTakeTheDevicesOfOneKindInTurn() {
        Device third = device("0:4", "NVIDIA", GPU);
        Devices machine = machine(processor, graphics, otherGraphics, otherProcessor, third);
        assertEquals(List.of("0:1,0:2", "0:4,0:1", "0:2,0:4", "0:1,0:2"), IntStream.range(0, 4).mapToObj(process -> ids(machine.byDefault(process))).toList());
        assertEquals("0:0,0:0", ids(machine(processor).byDefault(3)));
    }

    @Test
    void theDefaultPrefersGraphicsProcessors() {
        assertEquals("0:1,0:2", ids(machine(processor, graphics, otherGraphics, otherProcessor).byDefault()));
    }

    @Test
    void theDefaultPutsBothGroupsOnADeviceThatHasNoLike() {
        assertEquals("0:0,0:0", ids(machine(processor).byDefault()));
        assertEquals("0:1,0:1", ids(machine(processor, graphics).byDefault()));
        Device otherPlatform = device("0:1", "Intel", CPU);
        assertEquals("0:0,0:0", ids(machine(processor, otherPlatform).byDefault()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0:0,0:1|0:0,0:1", "0:1,0:0|0:1,0:0", "0:1, 0:1|0:1,0:1", "0:1|0:1,0:1", "0:0,0:1,0:1,0:0|0:0,0:1,0:1,0:0"})
    void idsPlaceThePartsInOrder(String asked, String placed) {
        assertEquals(placed, ids(machine(processor, graphics).byIds(asked)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1:0|1:0", "0:0,jvm:0|jvm:0", "''|''", "0:0,|''"})
    void anUnknownIdIsNamedWithThoseThatAreThere(String asked, String named) {
        DeviceException failure = assertThrows(DeviceException.class, () -> machine(processor, graphics).byIds(asked));
        assertEquals("there is no device '" + named + "'; TornadoVM has 0:0, 0:1", failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"3|0:0,0:1,0:0", "5|0:0,0:1,0:0,0:1,0:0"})
    void otherNumbersOfDevicesThanOfPartsAreRefused(int count, String asked) {
        DeviceException failure = assertThrows(DeviceException.class, () -> machine(processor, graphics).byIds(asked));
        assertTrue(failure.getMessage().startsWith(count + " devices (" + asked + ") for a network in two or four parts"), failure::getMessage);
    }

    @Test
    void poclIsNotUsedWithoutTheLinkerThatItNeeds(@TempDir Path folder) throws IOException {
        List<Device> pocl = List.of(graphics, device("0:7", "Portable Computing Language", CPU));
        DeviceException failure = assertThrows(DeviceException.class, () -> Devices.requireCompilers(pocl, folder.toString()));
        assertTrue(failure.getMessage().startsWith("PoCL, the driver of 0:7, needs ld"), failure::getMessage);
        Devices.requireCompilers(List.of(graphics), folder.toString());
        assertTrue(Files.createFile(folder.resolve("ld")).toFile().setExecutable(true));
        Devices.requireCompilers(pocl, "/nowhere" + File.pathSeparator + folder);
    }

    @Test
    void aRuntimeWithoutDevicesIsRefused() {
        assertThrows(DeviceException.class, () -> machine());
    }
}
