package alexnet.core.device;

import java.util.Optional;
import java.util.regex.Pattern;

import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/**
 * A device of the running runtime, as people choose it.
 *
 * @param id          what {@code --devices} takes: {@code backend:device} as TornadoVM's own tools print it, {@code jvm:0} and
 *                    so on where no TornadoVM is
 * @param backend     what kernels are compiled to, such as {@code OpenCL}
 * @param platform    whose driver it is
 * @param type        the kind of device
 * @param name        what it physically is
 * @param memoryBytes its memory; devices that share a memory each report all of it
 * @param device      for execution plans
 */
public record Device(String id, String backend, String platform, TornadoDeviceType type, String name, long memoryBytes,
                     TornadoDevice device) {

    /** A line of what TornadoVM tells of a device. */
    private static final Pattern DRIVER = Pattern.compile("(?m)^Driver version\\s*:\\s*(\\S.*?)\\s*$");

    static Device of(int backendIndex, int deviceIndex, TornadoBackend backend) {
        TornadoDevice device = backend.getDevice(deviceIndex);
        boolean jvm = backend.getBackendType() == TornadoVMBackendType.JAVA;
        return new Device((jvm ? "jvm" : backendIndex) + ":" + deviceIndex, label(backend.getBackendType().name()), device.getPlatformName(),
                device.getDeviceType(), device.getPhysicalDevice().getDeviceName().strip(), device.getMaxGlobalMemory(), device);
    }

    /** What people call a back end; drivers call themselves by names of classes. Releases of TornadoVM differ in which types there are. */
    static String label(String type) {
        return switch (type) {
            case "OPENCL" -> "OpenCL";
            case "METAL" -> "Metal";
            case "SPIRV" -> "SPIR-V";
            case "JAVA" -> "JVM";
            case String other -> other;
        };
    }

    /** The version of its driver, where the runtime tells: OpenCL's drivers do. */
    public Optional<String> driver() {
        return driver(String.valueOf(device.getPhysicalDevice().getDeviceInfo()));
    }

    static Optional<String> driver(String info) {
        return DRIVER.matcher(info).results().findFirst().map(match -> match.group(1));
    }

    /** Whether its memory is the JVM's heap, which all such devices and the program share. */
    public boolean onHeap() {
        return device.getTornadoVMBackend() == TornadoVMBackendType.JAVA;
    }

    /** Whether both have the same driver and are of the same kind, so that neither group would wait long for the other. */
    boolean isLike(Device other) {
        return backend.equals(other.backend) && platform.equals(other.platform) && type == other.type;
    }
}
