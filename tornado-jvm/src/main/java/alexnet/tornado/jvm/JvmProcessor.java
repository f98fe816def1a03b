package alexnet.tornado.jvm;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;

/**
 * The physical side of a device. All devices share the JVM's heap, so each could have all of it, but not at the same time.
 *
 * @param threads the threads that run kernels
 */
record JvmProcessor(int threads) implements TornadoTargetDevice {

    /** Work-items of a group are threads while they wait at barriers; more than this is no sensible group. */
    static final int MAX_GROUP = 1024;

    @Override
    public String getDeviceName() {
        return "JVM, " + threads + (threads == 1 ? " thread" : " threads");
    }

    @Override
    public long getDeviceGlobalMemorySize() {
        return Runtime.getRuntime().maxMemory();
    }

    @Override
    public long getDeviceLocalMemorySize() {
        return getDeviceGlobalMemorySize();
    }

    @Override
    public int getDeviceMaxComputeUnits() {
        return threads;
    }

    @Override
    public long[] getDeviceMaxWorkItemSizes() {
        return new long[] {MAX_GROUP, MAX_GROUP, MAX_GROUP};
    }

    @Override
    public long[] getDeviceMaxWorkGroupSize() {
        return new long[] {MAX_GROUP};
    }

    @Override
    public int getMaxThreadsPerBlock() {
        return MAX_GROUP;
    }

    @Override
    public long getDeviceMaxAllocationSize() {
        return getDeviceGlobalMemorySize();
    }

    @Override
    public String getDeviceInfo() {
        return getDeviceName() + ", " + (getDeviceGlobalMemorySize() >> 20) + " MiB of heap, shared by all devices";
    }
}
