package alexnet.core.weights.network;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.weights.WeightsTensor;

/**
 * The tensors of a file that may be a network's.
 *
 * @param parameters by our names
 * @param others     that stand among them, by their names: one too many each
 * @param leftOut    names of what stands apart, such as an optimiser's state
 */
record NamedTensors(Map<String, WeightsTensor> parameters, Map<String, WeightsTensor> others, List<String> leftOut) {

    /** None. */
    static final NamedTensors NONE = new NamedTensors(Map.of(), Map.of(), List.of());

    /** Where the last layer is missing, which is told then. */
    private static final int CLASSES = 1000;
    /** ImageNet has 21,841; so many names are no burden, whatever a file says. */
    private static final int MOST_CLASSES = 1 << 17;

    /** Those of a file whose tensors are all the network's. */
    static NamedTensors of(Map<String, WeightsTensor> tensors, ParameterNames names) {
        Map<String, WeightsTensor> parameters = new LinkedHashMap<>();
        Map<String, WeightsTensor> others = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> names.ours(name).ifPresentOrElse(ours -> parameters.put(ours, tensor), () -> others.put(name, tensor)));
        return new NamedTensors(parameters, others, List.of());
    }

    /**
     * How many classes the last layer tells apart.
     *
     * @throws CheckpointException if it cannot tell so many
     */
    int classes(Path file) {
        WeightsTensor last = parameters.get("fc8.bias");
        if (last == null) {
            return CLASSES;
        }
        long classes = last.shape().stream().mapToLong(Integer::longValue).filter(size -> size != 1).reduce(1, (a, b) -> a < MOST_CLASSES ? a * b : a);
        if (classes < 2 || classes > MOST_CLASSES) {
            throw new CheckpointException(file + ": its last layer's " + last.name() + " is " + last.shape() + ", which are not 2 to " + MOST_CLASSES + " classes");
        }
        return (int) classes;
    }
}
