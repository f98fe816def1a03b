package uk.ac.manchester.tornado.api;

import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** One way of compiling and running kernels, with the devices that it can use. */
public interface TornadoBackend {

    /** The device of index 0, or the one set since. */
    TornadoDevice getDefaultDevice();

    /** Makes the device of that index the default one. */
    void setDefaultDevice(int index);

    /** The number of devices. */
    int getNumDevices();

    /** The device of that index. */
    TornadoDevice getDevice(int index);

    /** All devices in order. */
    List<TornadoDevice> getAllDevices();

    /** The kind of the default device. */
    TornadoDeviceType getTypeDefaultDevice();

    /** The name of the back end. */
    String getName();

    /** The number of platforms. */
    int getNumPlatforms();

    /** What kernels are compiled to. */
    TornadoVMBackendType getBackendType();
}
