package alexnet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What nvidia-smi tells of NVIDIA's GPUs: driver, memory, clocks. */
final class NvidiaSmi {

    private static final List<String> QUANTITIES = List.of("index", "name", "driver_version", "memory.total", "clocks.sm", "clocks.mem",
            "clocks.max.sm", "clocks.max.mem", "power.limit", "ecc.mode.current");
    private static final int PATIENCE_SECONDS = 20;

    private NvidiaSmi() {
    }

    /** The quantities of each GPU, by name; none where there is no nvidia-smi. */
    static List<Map<String, String>> gpus() {
        List<Map<String, String>> gpus = new ArrayList<>();
        for (String line : lines()) {
            String[] values = line.split(",\\s*");
            Map<String, String> gpu = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(values.length, QUANTITIES.size()); i++) {
                gpu.put(QUANTITIES.get(i), values[i].strip());
            }
            gpus.add(gpu);
        }
        return gpus;
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
