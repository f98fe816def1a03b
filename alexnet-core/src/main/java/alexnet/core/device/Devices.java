package alexnet.core.device;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import alexnet.kernels.DriverErrors;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * Every device of the runtime that this process runs on, in the runtime's own order, and which of them the network's
 * parts are placed on. There is at least one.
 *
 * @param runtime name and version of the runtime
 * @param all     the devices
 */
public record Devices(String runtime, List<Device> all) {

    /** In how many parts a network is computed where one device is named, or none. */
    public static final int PARTS = 2;

    /** In how many at most: half a channel group on each device. */
    private static final int MOST_PARTS = 2 * PARTS;

    private static final String POCL = "Portable Computing Language";

    /** The devices, copied. */
    public Devices {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new DeviceException(runtime + " finds no device. Install a driver for one, or run on the JVM: --runtime jvm");
        }
    }

    /**
     * Asks the runtime.
     *
     * @throws DeviceException when it has no device, or cannot start
     */
    public static Devices ofRuntime() {
        try {
            TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
            List<Device> devices = new ArrayList<>();
            for (int b = 0; b < runtime.getNumBackends(); b++) {
                TornadoBackend backend = runtime.getBackend(b);
                for (int d = 0; d < backend.getNumDevices(); d++) {
                    devices.add(Device.of(b, d, backend));
                }
            }
            // A driver without a device refuses to list any.
            DriverErrors.forget();
            return new Devices(nameOf(runtime), devices);
        } catch (TornadoRuntimeException | LinkageError failure) {
            // Both runtimes start in static initialisers, so that what stops them comes wrapped in a LinkageError.
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new DeviceException("the runtime cannot start: " + cause.getMessage()
                    + (onTornado() ? " Look at its drivers, or choose --runtime jvm" : ""), failure);
        }
    }

    /** Whether this process runs on TornadoVM, not on the JVM alone; starts neither. */
    public static boolean onTornado() {
        return TornadoRuntimeProvider.class.getModule().isNamed();
    }

    /** Name and version of the runtime, which has started. */
    public static String runtimeName() {
        return nameOf(TornadoRuntimeProvider.getTornadoRuntime());
    }

    private static String nameOf(TornadoRuntime runtime) {
        if (runtime.getNumBackends() > 0 && runtime.getBackendType(0) == TornadoVMBackendType.JAVA) {
            return "JVM " + Runtime.version();
        }
        return "TornadoVM " + TornadoRuntimeProvider.class.getModule().getDescriptor().rawVersion().orElse("of unknown version");
    }

    /**
     * The device of each of two parts, the channel groups, when nobody chose: the first goes to the first GPU or, where there is none, to the first
     * device; the second to the next device of the same platform and kind, or to the same device where there is no other.
     */
    public List<Device> byDefault() {
        return byDefault(0);
    }

    /**
     * Those of one of several processes on this machine, which take the devices of that platform and kind in turn, two each.
     *
     * @param process from 0
     */
    public List<Device> byDefault(int process) {
        Device first = all.stream().filter(device -> device.type() == TornadoDeviceType.GPU).findFirst().orElse(all.getFirst());
        List<Device> alike = Stream.concat(Stream.of(first), all.stream().skip(all.indexOf(first) + 1L).filter(first::isLike)).toList();
        return IntStream.range(0, PARTS).mapToObj(part -> alike.get((process * PARTS + part) % alike.size())).toList();
    }

    /**
     * The device of each part of the network by a comma-separated list of ids: two or four, or one for both of two parts.
     *
     * @throws DeviceException naming the id that isn't there and those that are
     */
    public List<Device> byIds(String ids) {
        List<Device> chosen = named(ids);
        if (chosen.size() != 1 && chosen.size() != PARTS && chosen.size() != MOST_PARTS) {
            throw new DeviceException(chosen.size() + " devices (" + ids + ") for a network in two or four parts: name one for each part, or one for two");
        }
        return chosen.size() > 1 ? chosen : Collections.nCopies(PARTS, chosen.getFirst());
    }

    /**
     * Any number of devices by a comma-separated list of ids.
     *
     * @throws DeviceException naming the id that isn't there and those that are
     */
    public List<Device> named(String ids) {
        return Stream.of(ids.split(",", -1)).map(String::strip).map(this::byId).toList();
    }

    private Device byId(String id) {
        return all.stream().filter(device -> device.id().equals(id)).findFirst().orElseThrow(() -> new DeviceException(
                "there is no device '" + id + "'; " + runtime + " has "
                        + all.stream().map(Device::id).collect(Collectors.joining(", "))));
    }

    /**
     * Checks that the drivers of chosen devices can compile kernels.
     *
     * @throws DeviceException if PoCL cannot: it links kernels by {@code ld}, and where there is none it ends the whole process
     */
    public static void requireCompilers(List<Device> chosen) {
        requireCompilers(chosen, System.getenv().getOrDefault("PATH", ""));
    }

    static void requireCompilers(List<Device> chosen, String path) {
        chosen.stream().filter(device -> device.platform().equals(POCL)).findFirst().ifPresent(device -> {
            if (Stream.of(path.split(File.pathSeparator)).noneMatch(folder -> Files.isExecutable(Path.of(folder, "ld")))) {
                throw new DeviceException("PoCL, the driver of " + device.id() + ", needs ld, and none is on the PATH. Install it (Debian: apt-get install binutils)");
            }
        });
    }
}
