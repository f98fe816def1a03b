package alexnet.tornado.jvm;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A device of this runtime: threads of its own, and a memory space of its own on the JVM's heap. */
final class JvmDevice implements TornadoDevice {

    private final String name;
    private final JvmProcessor processor;
    private final int threadCount;
    private DeviceThreads threads;

    JvmDevice(int index, int threadCount) {
        this.name = "jvm:" + index;
        this.processor = new JvmProcessor(threadCount);
        this.threadCount = threadCount;
    }

    /** The device's threads, started when they are first needed. */
    synchronized DeviceThreads threads() {
        if (threads == null) {
            threads = new DeviceThreads(name, threadCount);
        }
        return threads;
    }

    @Override
    public String getDeviceName() {
        return name;
    }

    @Override
    public String getDescription() {
        return processor.getDeviceName();
    }

    @Override
    public String getPlatformName() {
        return System.getProperty("java.vm.name") + " " + Runtime.version().feature();
    }

    @Override
    public TornadoTargetDevice getPhysicalDevice() {
        return processor;
    }

    @Override
    public TornadoDeviceType getDeviceType() {
        return TornadoDeviceType.CPU;
    }

    @Override
    public long getMaxAllocMemory() {
        return processor.getDeviceMaxAllocationSize();
    }

    @Override
    public long getMaxGlobalMemory() {
        return processor.getDeviceGlobalMemorySize();
    }

    @Override
    public long getDeviceLocalMemorySize() {
        return processor.getDeviceLocalMemorySize();
    }

    @Override
    public long[] getDeviceMaxWorkgroupDimensions() {
        return processor.getDeviceMaxWorkItemSizes();
    }

    @Override
    public Object getDeviceInfo() {
        return processor.getDeviceInfo();
    }

    @Override
    public int getBackendIndex() {
        return 0;
    }

    @Override
    public TornadoVMBackendType getTornadoVMBackend() {
        return TornadoVMBackendType.JAVA;
    }

    @Override
    public boolean isSPIRVSupported() {
        return false;
    }

    @Override
    public String toString() {
        return getDeviceName() + " (" + getDescription() + ")";
    }
}
