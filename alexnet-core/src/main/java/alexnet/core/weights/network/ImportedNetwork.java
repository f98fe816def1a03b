package alexnet.core.weights.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.model.Model;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsTensor;

/**
 * A trained network of a file, whoever wrote it, as one of ours.
 *
 * @param file    open; closed with this
 * @param kind    whose network it is, such as {@code torchvision's alexnet}
 * @param model   its architecture, classes, and how its input is prepared: mean, deviation, resizing
 * @param tensors its parameters by our names ({@code conv1.weight}), in the order of the layers and in our shapes
 * @param notes   what was chosen or left out, a line each
 */
public record ImportedNetwork(WeightsFile file, String kind, Model model, Map<String, WeightsTensor> tensors, List<String> notes)
        implements AutoCloseable {

    public ImportedNetwork {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        notes = List.copyOf(notes);
    }

    @Override
    public void close() {
        file.close();
    }
}
