package alexnet.core.watch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Filters and units that are zero for every image of a batch: ReLU lets nothing of them through, so that they do not learn either.
 *
 * @param shares the share of each layer with weights, 0 to 1, by its name and in order; not of the last one, which has no ReLU
 */
public record DeadUnits(Map<String, Double> shares) {

    /** Those of the network's last batch, of which places without an image do not count. */
    public static DeadUnits of(TwoGroupNetwork network) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (GroupShapes.Entry entry : GroupShapes.whole(network.architecture(), 1).entries()) {
            if (entry.layer() instanceof Layer.Weighted weighted && !network.architecture().isLast(weighted)) {
                long dead = network.maps(weighted.name()).stream().mapToLong(maps -> dead(maps, entry.plane(), network.inputs().labels)).sum();
                shares.put(weighted.name(), (double) dead / entry.output().channels());
            }
        }
        return new DeadUnits(shares);
    }

    private static long dead(FloatArray maps, int places, IntArray labels) {
        int images = labels.getSize();
        int units = maps.getSize() / (places * images);
        long dead = 0;
        for (int unit = 0; unit < units; unit++) {
            boolean alive = false;
            for (int row = unit * places; row < (unit + 1) * places && !alive; row++) {
                for (int image = 0; image < images; image++) {
                    alive |= labels.get(image) >= 0 && maps.get(row * images + image) != 0;
                }
            }
            dead += alive ? 0 : 1;
        }
        return dead;
    }

    /** The layers of which nothing is left. */
    public List<String> deadLayers() {
        return shares.entrySet().stream().filter(layer -> layer.getValue() == 1).map(Map.Entry::getKey).toList();
    }

    /** What to tell of some layers of which nothing is left. */
    public static String warning(List<String> layers) {
        return "nothing comes out of " + String.join(", ", layers) + ": all units are 0 for every image, so that neither they nor the layers before"
                + " them learn any more, and they seldom recover. What usually helps: begin anew, or from an earlier checkpoint, with a smaller --lr";
    }
}
