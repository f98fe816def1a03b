package alexnet.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import alexnet.core.device.DeviceException;
import alexnet.core.network.Architecture;
import alexnet.core.network.Layer;

/** PyTorch as people have it: a worker in the python3 on the path, which serves as {@link WorkerServer} does. */
public final class PythonTorch {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROBE = """
            import sys
            try:
                import torch
            except ImportError as missing:
                sys.exit(str(missing))
            print("cuda" if torch.cuda.is_available() else "cpu")
            """;

    private PythonTorch() {
    }

    /**
     * Asks whether python3 has a PyTorch with a CUDA device.
     *
     * @throws DeviceException if there is no python3, or no PyTorch
     */
    public static boolean hasCuda() {
        try {
            Process process = withoutOurLibraries(new ProcessBuilder("python3", "-c", PROBE)).start();
            process.getOutputStream().close();
            List<String> said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).lines().reduce("", (_, line) -> line);
            if (process.waitFor() != 0) {
                throw new DeviceException("--peer python-torch: the python3 on the path has no PyTorch: " + complaint);
            }
            return said.getLast().equals("cuda");
        } catch (IOException missing) {
            throw new DeviceException("--peer python-torch: there is no python3 on the path", missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeviceException("--peer python-torch: interrupted", interrupted);
        }
    }

    /**
     * The command of a worker.
     *
     * @param engine  with or without TF32
     * @param network the file of the {@link SharedNetwork}
     * @param threads on the processor; 0 for PyTorch's choice
     */
    public static ProcessBuilder worker(Engine engine, Architecture architecture, Path network, int threads) {
        return withoutOurLibraries(new ProcessBuilder("python3", "-c", script(), describe(architecture), network.toString(),
                String.valueOf(threads), String.valueOf(engine == Engine.PYTHON_TORCH_TF32)));
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(PythonTorch.class.getResourceAsStream("python-torch.py"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** What scripts/alexnet loads for TornadoVM is not for PyTorch, which brings its own. */
    private static ProcessBuilder withoutOurLibraries(ProcessBuilder process) {
        Map<String, String> environment = process.environment();
        List<String> ours = List.of(environment.getOrDefault("ALEXNET_LIBRARIES", "").split(":"));
        for (String variable : List.of("LD_LIBRARY_PATH", "LD_PRELOAD")) {
            environment.computeIfPresent(variable, (_, paths) -> {
                String others = Stream.of(paths.split(":")).filter(path -> !ours.contains(path)).collect(Collectors.joining(":"));
                return others.isEmpty() ? null : others;
            });
        }
        return process;
    }

    private static String describe(Architecture architecture) {
        ObjectNode description = JSON.createObjectNode();
        ArrayNode layers = description.putArray("layers");
        architecture.layers().forEach(layer -> describe(layer, layers.addObject().put("name", layer.name())));
        return description.toString();
    }

    private static ObjectNode describe(Layer layer, ObjectNode node) {
        return switch (layer) {
            case Layer.Convolution c -> node.put("kind", "convolution").put("stride", c.stride()).put("padding", c.padding())
                    .put("groups", c.sees() == Layer.Sees.OWN_GROUP ? Architecture.GROUPS : 1);
            case Layer.Normalization n -> node.put("kind", "normalization").put("size", n.size()).put("alpha", n.alpha())
                    .put("beta", n.beta()).put("k", n.k()).put("groups", n.sees() == Layer.Sees.OWN_GROUP ? Architecture.GROUPS : 1);
            case Layer.MaxPool p -> node.put("kind", "pool").put("size", p.size()).put("stride", p.stride()).put("ceil", p.ceil());
            case Layer.FullyConnected _ -> node.put("kind", "connected");
            case Layer.Dropout d -> node.put("kind", "dropout").put("rate", d.rate()).put("scale", d.testingScale());
        };
    }
}
