package alexnet.core.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Layer;
import alexnet.core.network.Partition;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Where the first values come from that are not finite: the first layer, in the order of the network, that has some in its maps
 * of the last batch.
 *
 * @param layer      its name
 * @param where      in which parts of the network it has some, in words
 * @param nans       NaNs in its maps, of all parts
 * @param infinities infinities in them
 * @param values     in them altogether
 * @param image      the first image of the batch with one, from 0
 * @param weights    values of the layer's own weights and biases that are not finite
 * @param largest    the largest magnitude in the maps that the layer sees; NaN for the first layer
 */
public record NonFinite(String layer, String where, long nans, long infinities, long values, int image, long weights,
                        double largest) {

    /**
     * Looks through the last batch's maps, and brings parameters and momenta to their host arrays.
     *
     * @return empty if all maps are finite, as where the loss alone is too large for a float
     */
    public static Optional<NonFinite> first(TwoGroupNetwork network) {
        Values before = null;
        for (Layer layer : network.architecture().layers()) {
            List<Values> parts = network.maps(layer.name()).stream().map(maps -> Values.of(maps, network.images())).toList();
            Values all = parts.stream().reduce(Values::plus).orElseThrow();
            if (all.nans() + all.infinities() > 0) {
                List<Integer> touched = IntStream.range(0, parts.size())
                        .filter(part -> parts.get(part).nans() + parts.get(part).infinities() > 0).boxed().toList();
                return Optional.of(new NonFinite(layer.name(), new Partition(network.architecture(), parts.size()).name(touched), all.nans(), all.infinities(), all.count(), all.image(),
                        weights(network, layer), before == null ? Double.NaN : before.largest()));
            }
            before = all;
        }
        return Optional.empty();
    }

    private static long weights(TwoGroupNetwork network, Layer layer) {
        network.save();
        return network.parameters().stream().filter(tensor -> tensor.name().startsWith(layer.name() + "."))
                .flatMap(tensor -> tensor.parts().stream()).map(part -> Values.of(part, 1)).mapToLong(v -> v.nans() + v.infinities()).sum();
    }

    /** What is known of it, in a sentence without an end. */
    @Override
    public String toString() {
        List<String> kinds = new ArrayList<>();
        if (nans > 0) {
            kinds.add(nans + " NaN");
        }
        if (infinities > 0) {
            kinds.add(infinities + " infinite");
        }
        String cause = "";
        if (weights > 0) {
            cause = "; " + weights + " of its weights and biases are not finite";
        } else if (!Double.isNaN(largest)) {
            cause = String.format(Locale.ROOT, "; its weights are finite, and the values that it sees go up to %.3g", largest);
        }
        return "the first layer with a value that is not finite is " + layer + " (" + where + ": " + String.join(" and ", kinds) + " of " + values
                + " values, first in image " + (image + 1) + " of the batch" + cause + ")";
    }

    /**
     * What an array holds.
     *
     * @param image   the first with a value that is not finite; {@link Integer#MAX_VALUE} without one
     * @param largest magnitude of its finite values
     */
    private record Values(long count, long nans, long infinities, int image, double largest) {

        /** Images are innermost. */
        static Values of(FloatArray array, int images) {
            long nans = 0;
            long infinities = 0;
            int image = Integer.MAX_VALUE;
            float largest = 0;
            for (int i = 0; i < array.getSize(); i++) {
                float magnitude = Math.abs(array.get(i));
                if (magnitude <= Float.MAX_VALUE) {
                    largest = Math.max(largest, magnitude);
                } else {
                    nans += Float.isNaN(magnitude) ? 1 : 0;
                    infinities += Float.isInfinite(magnitude) ? 1 : 0;
                    image = Math.min(image, i % images);
                }
            }
            return new Values(array.getSize(), nans, infinities, image, largest);
        }

        Values plus(Values other) {
            return new Values(count + other.count, nans + other.nans, infinities + other.infinities, Math.min(image, other.image),
                    Math.max(largest, other.largest));
        }
    }
}
