package uk.ac.manchester.tornado.api;

/** What a device physically is. */
public interface TornadoTargetDevice {

    /** The name by which people know the device. */
    String getDeviceName();

    /** Bytes of memory. */
    long getDeviceGlobalMemorySize();

    /** Bytes of memory that a work-group can share. */
    long getDeviceLocalMemorySize();

    /** Units that run work-groups side by side. */
    int getDeviceMaxComputeUnits();

    /** The most work-items in each dimension of a group. */
    long[] getDeviceMaxWorkItemSizes();

    /** The most work-items in a group. */
    long[] getDeviceMaxWorkGroupSize();

    /** The most work-items in a group. */
    int getMaxThreadsPerBlock();

    /** Bytes of the largest single array. */
    long getDeviceMaxAllocationSize();

    /** The device in one line. */
    String getDeviceInfo();
}
