package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A device that task graphs can run on: a memory of its own and what computes on it. */
public interface TornadoDevice {

    /** The runtime's name of the device, {@code jvm:0}, {@code jvm:1}, ... */
    String getDeviceName();

    /** The device in one line. */
    String getDescription();

    /** The platform that the device belongs to. */
    String getPlatformName();

    /** What the device physically is. */
    TornadoTargetDevice getPhysicalDevice();

    /** The kind of device. */
    TornadoDeviceType getDeviceType();

    /** Bytes of the largest single array. */
    long getMaxAllocMemory();

    /** Bytes of memory. */
    long getMaxGlobalMemory();

    /** Bytes of memory that a work-group can share. */
    long getDeviceLocalMemorySize();

    /** The most work-items in each dimension of a group. */
    long[] getDeviceMaxWorkgroupDimensions();

    /** The device in one line. */
    Object getDeviceInfo();

    /** The index of the back end that the device belongs to. */
    int getBackendIndex();

    /** Processors of the machine. */
    default int getAvailableProcessors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** What kernels are compiled to. */
    TornadoVMBackendType getTornadoVMBackend();

    /** Whether the device takes SPIR-V. */
    boolean isSPIRVSupported();
}
