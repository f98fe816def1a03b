package alexnet.core.run.sink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a run was started on.
 *
 * @param start            when
 * @param program          that runs, with its version
 * @param commandLine      its arguments, without what must stay secret
 * @param workingDirectory that paths on the command line are relative to
 * @param seed             of the run
 * @param resumedFrom      the checkpoint that it goes on from; null for a new run
 * @param java             the virtual machine and its version
 * @param vmOptions        that it was started with
 * @param os               operating system, its version and the processor's architecture
 * @param host             name of the machine
 * @param processor        its model
 * @param processors       that Java may use
 * @param memoryBytes      of the machine
 * @param heapBytes        that Java may use
 * @param runtime          TornadoVM or the JVM, and its version
 * @param decoder          of JPEGs, and its version
 * @param devices          of each channel group
 * @param gpus             what nvidia-smi tells of NVIDIA's, if there are any
 */
public record Environment(Instant start, String program, List<String> commandLine, Path workingDirectory, long seed, Path resumedFrom,
                          String java, List<String> vmOptions, String os, String host, String processor, int processors, long memoryBytes,
                          long heapBytes, String runtime, String decoder, List<PlacedDevice> devices, List<Map<String, String>> gpus) {

    /**
     * A device that a channel group is on.
     *
     * @param id          as {@code --devices} takes it
     * @param backend     what kernels are compiled to
     * @param platform    whose driver it is
     * @param driver      the driver's version; null where the runtime does not tell
     * @param memoryBytes its memory
     * @param kernels     the family of kernels that it runs
     */
    public record PlacedDevice(String id, String name, String type, String backend, String platform, String driver, long memoryBytes, String kernels) {
    }

    /** The name of this machine; empty if it has none. */
    public static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "";
        }
    }
}
