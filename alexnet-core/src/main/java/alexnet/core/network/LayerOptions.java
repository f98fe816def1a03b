package alexnet.core.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How layers learn that don't all learn alike, as users write it: each by its name, or as a range, {@code conv1-conv5}.
 *
 * @param freeze  layers that stay as they are
 * @param lrLayer layers that have a rate of their own
 */
public record LayerOptions(List<String> freeze, List<LayerRate> lrLayer) {

    public LayerOptions {
        freeze = List.copyOf(freeze);
        lrLayer = List.copyOf(lrLayer);
    }

    /**
     * What they mean for a network.
     *
     * @throws IllegalArgumentException naming the option, if it has no such layers, one has two rates, or none would learn
     */
    public LayerTraining of(Architecture architecture) {
        Set<String> frozen = new LinkedHashSet<>();
        freeze.forEach(layers -> frozen.addAll(named("--freeze", layers, architecture)));
        if (frozen.containsAll(weighted(architecture))) {
            throw new IllegalArgumentException("--freeze has all layers of " + architecture.name() + ": nothing would be trained");
        }
        Map<String, Float> rates = new LinkedHashMap<>();
        for (LayerRate rate : lrLayer) {
            for (String layer : named("--lr-layer", rate.layers(), architecture)) {
                if (rates.put(layer, (float) rate.factor()) != null) {
                    throw new IllegalArgumentException("--lr-layer has " + layer + " twice");
                }
            }
        }
        return new LayerTraining(frozen, rates);
    }

    private static List<String> weighted(Architecture architecture) {
        return architecture.layers().stream().filter(Layer.Weighted.class::isInstance).map(Layer::name).toList();
    }

    /** A name may have a hyphen itself. */
    private static List<String> named(String option, String text, Architecture architecture) {
        List<String> all = weighted(architecture);
        String layers = text.strip();
        if (all.contains(layers)) {
            return List.of(layers);
        }
        List<String> named = new ArrayList<>();
        for (int hyphen = layers.indexOf('-'); hyphen >= 0 && named.isEmpty(); hyphen = layers.indexOf('-', hyphen + 1)) {
            int first = all.indexOf(layers.substring(0, hyphen).strip());
            int last = all.indexOf(layers.substring(hyphen + 1).strip());
            if (first >= 0 && last >= 0 && first > last) {
                throw new IllegalArgumentException(option + " has " + layers + ", but " + all.get(last) + " comes before " + all.get(first));
            }
            named.addAll(first >= 0 && last >= 0 ? all.subList(first, last + 1) : List.of());
        }
        if (named.isEmpty()) {
            throw new IllegalArgumentException(option + " has " + layers + ", which " + architecture.name() + " has no layer with weights of; it has "
                    + String.join(", ", all) + ", and ranges as " + all.getFirst() + "-" + all.getLast());
        }
        return named;
    }
}
