package alexnet.core.network;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which layers of a network learn, and at which rate.
 *
 * @param frozen names of the layers with weights that stay as they are; not all of them
 * @param rates  what multiplies the learning rate, by layer; 1 of those that are not there
 */
public record LayerTraining(Set<String> frozen, Map<String, Float> rates) {

    /** All layers learn alike. */
    public static final LayerTraining ALIKE = new LayerTraining(Set.of(), Map.of());

    public LayerTraining {
        frozen = Set.copyOf(frozen);
        rates = Map.copyOf(rates);
    }

    /** Whether a layer has weights that learn. */
    public boolean learns(Layer layer) {
        return layer instanceof Layer.Weighted && !frozen.contains(layer.name());
    }

    /** What multiplies the learning rate of a layer. */
    public float rate(Layer layer) {
        return rates.getOrDefault(layer.name(), 1f);
    }

    /**
     * The place of the lowest layer that learns: the way back ends there.
     *
     * @throws IllegalArgumentException if none does
     */
    public int lowest(Architecture architecture) {
        List<Layer> layers = architecture.layers();
        for (int place = 0; place < layers.size(); place++) {
            if (learns(layers.get(place))) {
                return place;
            }
        }
        throw new IllegalArgumentException("no layer of " + architecture.name() + " learns");
    }
}
