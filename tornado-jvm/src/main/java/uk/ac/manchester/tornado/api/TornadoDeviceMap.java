package uk.ac.manchester.tornado.api;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Finds back ends and devices. */
public class TornadoDeviceMap {

    private final TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();

    /** A map of everything that the runtime has. */
    public TornadoDeviceMap() {
    }

    /** The number of back ends. */
    public int getNumBackends() {
        return runtime.getNumBackends();
    }

    /** All back ends in order. */
    public List<TornadoBackend> getAllBackends() {
        return IntStream.range(0, runtime.getNumBackends()).mapToObj(runtime::getBackend).toList();
    }

    /** The back ends that satisfy the predicate. */
    public List<TornadoBackend> getBackendsWithPredicate(Predicate<? super TornadoBackend> predicate) {
        return getAllBackends().stream().filter(predicate).toList();
    }

    /** The back ends with a device that satisfies the predicate. */
    public List<TornadoBackend> getBackendsWithDevicePredicate(Predicate<? super TornadoDevice> predicate) {
        return getAllBackends().stream().filter(backend -> backend.getAllDevices().stream().anyMatch(predicate)).toList();
    }

    /** The devices whose physical name contains {@code name}, upper and lower case alike. */
    public Stream<TornadoDevice> getDevicesByName(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return devices().filter(device ->
                device.getPhysicalDevice().getDeviceName().toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** The devices of that kind. */
    public Stream<TornadoDevice> getDevicesByType(TornadoDeviceType type) {
        return devices().filter(device -> device.getDeviceType() == type);
    }

    private Stream<TornadoDevice> devices() {
        return getAllBackends().stream().flatMap(backend -> backend.getAllDevices().stream());
    }
}
