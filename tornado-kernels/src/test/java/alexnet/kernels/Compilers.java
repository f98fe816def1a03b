package alexnet.kernels;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** What tests have to know of the compilers of kernels. */
public final class Compilers {

    private Compilers() {
    }

    /** Whether OpenCL compiles for a processor, which takes minutes for what others do in seconds. */
    public static boolean areSlow(TornadoDevice device) {
        return TornadoRuntimeProvider.class.getModule().isNamed() && device.getDeviceType() != TornadoDeviceType.GPU;
    }
}
