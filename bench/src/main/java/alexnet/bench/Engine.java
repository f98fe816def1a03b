package alexnet.bench;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import alexnet.core.network.Architecture;
import alexnet.core.network.Layer;

/** Whose network it is. */
public enum Engine {
    /** This program. */
    ALEXNET(Set.of(Pass.FORWARD, Pass.TRAINING), Map.of()),
    /**
     * PyTorch, through DJL. By default glibc's malloc gives large arrays back at once, and a step spends half its time on page
     * faults. It keeps them in the main arena alone, which threads of Java use if there is no other.
     */
    PYTORCH(Set.of(Pass.FORWARD, Pass.TRAINING), Map.of("MALLOC_ARENA_MAX", "1", "MALLOC_MMAP_MAX_", "0",
            "MALLOC_TRIM_THRESHOLD_", "17179869184", "MALLOC_TOP_PAD_", "1073741824", "OPT_OUT_TRACKING", "true")),
    /** PyTorch of the python3 on the path, on its CUDA device where there is one, in float32 without TF32. */
    PYTHON_TORCH(Set.of(Pass.FORWARD, Pass.TRAINING), PYTORCH.environment),
    /** The same with TF32: factors are rounded to 11 bits. */
    PYTHON_TORCH_TF32(Set.of(Pass.FORWARD, Pass.TRAINING), PYTORCH.environment),
    /** ONNX Runtime, with the graph that {@code export} writes; it only computes forward. */
    ONNXRUNTIME(Set.of(Pass.FORWARD), Map.of()),
    /** Deeplearning4j. */
    DL4J(Set.of(Pass.FORWARD, Pass.TRAINING), Map.of());

    private final Set<Pass> passes;
    private final Map<String, String> environment;

    Engine(Set<Pass> passes, Map<String, String> environment) {
        this.passes = passes;
        this.environment = environment;
    }

    /** Whether it can do that at all. */
    public boolean does(Pass pass) {
        return passes.contains(pass);
    }

    /** The first layer that it cannot compute, in words. */
    public Optional<String> cannot(Architecture architecture) {
        return this != DL4J ? Optional.empty() : architecture.layers().stream().filter(layer -> switch (layer) {
            case Layer.Normalization n -> n.sees() == Layer.Sees.BOTH_GROUPS;
            case Layer.MaxPool p -> p.ceil();
            case Layer.Convolution _, Layer.FullyConnected _, Layer.Dropout _ -> false;
        }).findFirst().map(layer -> layer.name() + (layer instanceof Layer.Normalization ? ", whose sums go across the border of the groups"
                : ", which pools windows that are not full"));
    }

    /** Whether its worker is {@link PythonTorch}, and not a {@link Peer}. */
    public boolean inPython() {
        return this == PYTHON_TORCH || this == PYTHON_TORCH_TF32;
    }

    /** Variables of the environment with which it is at its best. */
    public Map<String, String> environment() {
        return environment;
    }

    /** The largest relative error of a product. */
    double unitRoundoff() {
        return switch (this) {
            case PYTHON_TORCH_TF32 -> 0x1p-11;
            // cuDNN convolves by Winograd's algorithm where that is faster, whose intermediate values are several times as large.
            case PYTHON_TORCH -> 0x1p-21;
            case ALEXNET, PYTORCH, ONNXRUNTIME, DL4J -> 0x1p-24;
        };
    }

    /** As it stands in reports and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The same. */
    @Override
    public String toString() {
        return label();
    }
}
