package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The back ends and devices of this process. */
public interface TornadoRuntime {

    /** The back end of that index. */
    TornadoBackend getBackend(int index);

    /** What the back end of that index compiles kernels to. */
    TornadoVMBackendType getBackendType(int index);

    /** The number of back ends. */
    int getNumBackends();

    /** The device that a plan uses unless it is told otherwise. */
    TornadoDevice getDefaultDevice();
}
