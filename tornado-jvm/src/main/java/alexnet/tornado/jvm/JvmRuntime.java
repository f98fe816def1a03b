package alexnet.tornado.jvm;

import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;

/** The runtime of this process: one back end, index 0, with the devices that {@link JvmBackend} describes. */
public final class JvmRuntime implements TornadoRuntime {

    private static final JvmRuntime INSTANCE = new JvmRuntime();

    private final JvmBackend backend = new JvmBackend();

    private JvmRuntime() {
    }

    /** The runtime. */
    public static JvmRuntime instance() {
        return INSTANCE;
    }

    @Override
    public TornadoBackend getBackend(int index) {
        if (index != 0) {
            throw new TornadoBackendNotFound("there is no back end " + index + ": the JVM is the only one, index 0");
        }
        return backend;
    }

    @Override
    public TornadoVMBackendType getBackendType(int index) {
        return getBackend(index).getBackendType();
    }

    @Override
    public int getNumBackends() {
        return 1;
    }

    @Override
    public TornadoDevice getDefaultDevice() {
        return backend.getDefaultDevice();
    }
}
