package alexnet.tornado.jvm;

import java.util.List;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;

/**
 * The JVM as a back end. {@code -Dtornado.jvm.devices} sets the number of devices, 2 by default, and
 * {@code -Dtornado.jvm.threads} the threads of each; by default the devices share the processors.
 */
final class JvmBackend implements TornadoBackend {

    private static final String DEVICES = "tornado.jvm.devices";
    private static final String THREADS = "tornado.jvm.threads";
    private static final int DEFAULT_DEVICES = 2;

    private final List<TornadoDevice> devices;
    private volatile int defaultDevice;

    JvmBackend() {
        int count = positiveProperty(DEVICES, DEFAULT_DEVICES);
        int threads = positiveProperty(THREADS, Math.max(1, Runtime.getRuntime().availableProcessors() / count));
        devices = IntStream.range(0, count).<TornadoDevice>mapToObj(index -> new JvmDevice(index, threads)).toList();
    }

    private static int positiveProperty(String name, int otherwise) {
        String value = System.getProperty(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with numbers that are too small.
        }
        throw new IllegalArgumentException("-D" + name + "=" + value + ": must be a whole number of at least 1");
    }

    @Override
    public TornadoDevice getDefaultDevice() {
        return devices.get(defaultDevice);
    }

    @Override
    public void setDefaultDevice(int index) {
        getDevice(index);
        defaultDevice = index;
    }

    @Override
    public int getNumDevices() {
        return devices.size();
    }

    @Override
    public TornadoDevice getDevice(int index) {
        if (index < 0 || index >= devices.size()) {
            throw new TornadoDeviceNotFound("there is no device jvm:" + index + ": there are jvm:0 to jvm:" + (devices.size() - 1)
                    + "; -D" + DEVICES + "=N makes N of them");
        }
        return devices.get(index);
    }

    @Override
    public List<TornadoDevice> getAllDevices() {
        return devices;
    }

    @Override
    public TornadoDeviceType getTypeDefaultDevice() {
        return getDefaultDevice().getDeviceType();
    }

    @Override
    public String getName() {
        return "JVM";
    }

    @Override
    public int getNumPlatforms() {
        return 1;
    }

    @Override
    public TornadoVMBackendType getBackendType() {
        return TornadoVMBackendType.JAVA;
    }
}
