package alexnet.kernels;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import alexnet.kernels.host.HostKernels;
import alexnet.kernels.portable.PortableKernels;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The kernel families, which of them a device can run, and which it uses when nobody chooses. */
public final class KernelFamilies {

    private record Entry(KernelFamily family, Predicate<TornadoDevice> runsOn) {
    }

    /** The fastest first. */
    private static final List<Entry> ENTRIES = List.of(
            new Entry(new HostKernels(), device -> device.getTornadoVMBackend() == TornadoVMBackendType.JAVA),
            new Entry(new PortableKernels(), _ -> true));

    private KernelFamilies() {
    }

    /** The family that a device uses: the fastest that it can run. */
    public static KernelFamily of(TornadoDevice device) {
        return supportedBy(device).getFirst();
    }

    /** The families that a device can run, the fastest first; the portable one is always among them. */
    public static List<KernelFamily> supportedBy(TornadoDevice device) {
        return ENTRIES.stream().filter(entry -> entry.runsOn.test(device)).map(Entry::family).toList();
    }

    /**
     * The family of that name, for a user's explicit choice.
     *
     * @throws IllegalArgumentException if there is none of that name or the device cannot run it
     */
    public static KernelFamily named(String name, TornadoDevice device) {
        List<KernelFamily> supported = supportedBy(device);
        return supported.stream().filter(family -> family.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kernels: no family '" + name + "' for the device "
                        + device.getDescription() + "; it runs "
                        + supported.stream().map(KernelFamily::name).collect(Collectors.joining(", "))));
    }
}
