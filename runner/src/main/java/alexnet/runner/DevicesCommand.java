package alexnet.runner;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.kernels.Algorithm;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the devices of the running runtime. */
@Command(name = "devices", description = "List the devices that the channel groups can be placed on.", mixinStandardHelpOptions = true)
@Examples({"alexnet devices",
    "alexnet devices --backends cuda,opencl"})
final class DevicesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Devices devices = Devices.ofRuntime();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "TYPE", "MEMORY", "BACK END", "KERNELS", "PLATFORM", "NAME"));
        for (Device device : devices.all()) {
            rows.add(List.of(device.id(), device.type().name(), Memory.gibibytes(device.memoryBytes()), device.backend(),
                    KernelFamilies.supportedBy(device.device()).stream().map(KernelFamily::name).collect(Collectors.joining(",")),
                    device.platform(), device.name()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Devices of " + devices.runtime() + ":");
        Columns.print(rows, out);
        printAlgorithms(devices.all(), out);
        out.println("By default the two channel groups are placed on "
                + devices.byDefault().stream().map(Device::id).collect(Collectors.joining(","))
                + "; four devices take half a group each (--devices).");
        out.flush();
    }

    private static void printAlgorithms(List<Device> devices, PrintWriter out) {
        Map<String, KernelFamily> families = new LinkedHashMap<>();
        devices.forEach(device -> KernelFamilies.supportedBy(device.device()).forEach(family -> families.putIfAbsent(family.name(), family)));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("KERNELS", "CONVOLUTIONS", "FULLY CONNECTED LAYERS"));
        families.forEach((name, family) -> rows.add(List.of(name, names(family.convolutionAlgorithms()), names(family.fullyConnectedAlgorithms()))));
        out.println("Algorithms of their kernels, of which the first is taken that fits the layer and the batch and pays (--convolution):");
        Columns.print(rows, out);
    }

    private static String names(List<? extends Algorithm<?>> algorithms) {
        return algorithms.stream().map(Algorithm::name).collect(Collectors.joining(", "));
    }
}
