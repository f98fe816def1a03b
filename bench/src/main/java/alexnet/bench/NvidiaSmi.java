package alexnet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What nvidia-smi tells of NVIDIA's GPUs: driver, memory, clocks. */
final class NvidiaSmi {

    private static final List<String> QUANTITIES = List.of("index", "name", "driver_version", "memory.total", "clocks.sm", "clocks.mem",
            "clocks.max.sm", "clocks.max.mem", "power.limit", "ecc.mode.current");
    private static final int PATIENCE_SECONDS = 20;

    private NvidiaSmi() {
    }

    /** Adds an object for each GPU; none where there is no nvidia-smi. */
    static void describe(ArrayNode gpus) {
        for (String line : lines()) {
            String[] values = line.split(",\\s*");
            ObjectNode gpu = gpus.addObject();
            for (int i = 0; i < Math.min(values.length, QUANTITIES.size()); i++) {
                gpu.put(QUANTITIES.get(i), values[i].strip());
            }
        }
    }

    private static List<String> lines() {
        try {
            Process process = new ProcessBuilder("nvidia-smi", "--query-gpu=" + String.join(",", QUANTITIES), "--format=csv,noheader")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return List.of();
            }
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Arrays.stream(told.split("\\R")).filter(line -> !line.isBlank()).toList() : List.of();
        } catch (IOException missing) {
            return List.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
