package alexnet.kernels;

import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import alexnet.kernels.gpu.GpuKernels;
import alexnet.kernels.host.HostKernels;
import alexnet.kernels.portable.PortableKernels;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The kernel families, which of them a device can run, and which it uses when nobody chooses. */
public final class KernelFamilies {

    /** A family, the devices that run it, and those of them that it was made for. */
    private record Entry(BiFunction<TornadoDevice, AlgorithmChoice, KernelFamily> family, Predicate<TornadoDevice> runsOn,
                         Predicate<TornadoDevice> madeFor) {
    }

    private static final List<Entry> ENTRIES = List.of(
            new Entry((device, choice) -> new HostKernels(device.getPhysicalDevice().getDeviceMaxComputeUnits(), choice),
                    KernelFamilies::isJvm, KernelFamilies::isJvm),
            new Entry((_, choice) -> new PortableKernels(choice), _ -> true, device -> !isJvm(device) && !isGpu(device)),
            new Entry(GpuKernels::new, GpuKernels::runOn, KernelFamilies::isGpu));

    private KernelFamilies() {
    }

    /** The family that a device uses: the one made for such devices. */
    public static KernelFamily of(TornadoDevice device) {
        return of(device, AlgorithmChoice.AUTO);
    }

    /** The same, that takes the algorithms of one's choice. */
    public static KernelFamily of(TornadoDevice device, AlgorithmChoice choice) {
        return supportedBy(device, choice).getFirst();
    }

    /** The families that a device can run, first the one made for such devices; the portable one is always among them. */
    public static List<KernelFamily> supportedBy(TornadoDevice device) {
        return supportedBy(device, AlgorithmChoice.AUTO);
    }

    private static List<KernelFamily> supportedBy(TornadoDevice device, AlgorithmChoice choice) {
        return ENTRIES.stream().filter(entry -> entry.runsOn.test(device))
                .sorted(Comparator.comparing((Entry entry) -> entry.madeFor.test(device)).reversed())
                .map(entry -> entry.family.apply(device, choice)).toList();
    }

    private static boolean isJvm(TornadoDevice device) {
        return device.getTornadoVMBackend() == TornadoVMBackendType.JAVA;
    }

    private static boolean isGpu(TornadoDevice device) {
        return device.getDeviceType() == TornadoDeviceType.GPU;
    }

    /** The family of that name, that chooses its algorithms itself. */
    public static KernelFamily named(String name, TornadoDevice device) {
        return named(name, device, AlgorithmChoice.AUTO);
    }

    /**
     * The family of that name, for a user's explicit choice.
     *
     * @throws IllegalArgumentException if there is none of that name or the device cannot run it
     */
    public static KernelFamily named(String name, TornadoDevice device, AlgorithmChoice choice) {
        List<KernelFamily> supported = supportedBy(device, choice);
        return supported.stream().filter(family -> family.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kernels: no family '" + name + "' for the device "
                        + device.getDescription() + "; it runs "
                        + supported.stream().map(KernelFamily::name).collect(Collectors.joining(", "))));
    }
}
