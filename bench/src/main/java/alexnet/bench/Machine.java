package alexnet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The machine and its JVM. The operating system tells, Linux tells most. */
public final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path STATUS = Path.of("/proc/self/status");

    private Machine() {
    }

    /** The model of the processor; where nobody tells, its architecture. */
    public static String processor() {
        return entry(PROCESSORS, "model name", System.getProperty("os.arch"));
    }

    /** The virtual machine and its version. */
    public static String java() {
        return System.getProperty("java.vm.name") + " " + Runtime.version();
    }

    /** The operating system, its version and the processor's architecture. */
    public static String os() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch");
    }

    /** What nvidia-smi tells of each of NVIDIA's GPUs; none where there is no nvidia-smi. */
    public static List<Map<String, String>> gpus() {
        return NvidiaSmi.gpus();
    }

    /** Adds them to a report. */
    public static void describe(ObjectNode report) {
        report.put("java", java());
        report.put("os", os());
        report.put("processor", processor());
        report.put("processors", Runtime.getRuntime().availableProcessors());
        ArrayNode gpus = report.putArray("gpus");
        gpus().forEach(gpu -> {
            ObjectNode node = gpus.addObject();
            gpu.forEach(node::put);
        });
    }

    /** Bytes of memory that this process holds now. 0 where nobody tells. */
    static long residentBytes() {
        return Long.parseLong(entry(STATUS, "VmRSS", "0").replaceAll("\\D", "")) << 10;
    }

    /** Bytes of memory that this process has held at most: the high-water mark of its resident memory. 0 where nobody tells. */
    static long peakBytes() {
        return Long.parseLong(entry(STATUS, "VmHWM", "0").replaceAll("\\D", "")) << 10;
    }

    private static String entry(Path file, String key, String otherwise) {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        try {
            return Files.readAllLines(file).stream().filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse(otherwise);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
