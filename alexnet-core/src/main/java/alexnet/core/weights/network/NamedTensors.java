package alexnet.core.weights.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** Those of a file whose tensors are all the network's. */
    static NamedTensors of(Map<String, WeightsTensor> tensors, ParameterNames names) {
        Map<String, WeightsTensor> parameters = new LinkedHashMap<>();
        Map<String, WeightsTensor> others = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> names.ours(name).ifPresentOrElse(ours -> parameters.put(ours, tensor), () -> others.put(name, tensor)));
        return new NamedTensors(parameters, others, List.of());
    }
}
