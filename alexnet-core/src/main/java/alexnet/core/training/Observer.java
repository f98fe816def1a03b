package alexnet.core.training;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

import alexnet.core.data.feed.Batch;
import alexnet.core.data.feed.BatchLoader;
import alexnet.core.data.StoredImages;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Layer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Looks at what a network makes of single images: what it takes them for, and how a fully connected layer sees them. */
public final class Observer {

    /**
     * What a network makes of an image's centre crop.
     *
     * @param image         its place among the images
     * @param probabilities one a class
     * @param features      activations of the observed layer, {@code [units]}, after ReLU and without dropout; empty where none is
     */
    public record Observation(int image, float[] probabilities, float[] features) {
    }

    private final TwoGroupNetwork network;
    private final int workers;
    private final String layer;
    /** What dropout behind the layer has scaled its activations by, in place, as it does in testing. */
    private final float scale;

    /**
     * @param network loaded
     * @param layer   the fully connected layer whose activations are observed; null for none
     * @param workers threads that read images ahead
     * @throws IllegalArgumentException if the layer is no fully connected one
     */
    public Observer(TwoGroupNetwork network, String layer, int workers) {
        if (layer != null && !(network.architecture().layer(layer) instanceof Layer.FullyConnected)) {
            throw new IllegalArgumentException(layer + " of " + network.architecture().name() + " is not fully connected");
        }
        this.network = network;
        this.layer = layer;
        this.workers = workers;
        this.scale = layer == null ? 1 : scaleBehind(layer, network.architecture().layers());
    }

    private static float scaleBehind(String layer, List<Layer> layers) {
        float scale = 1;
        int next = layers.stream().map(Layer::name).toList().indexOf(layer) + 1;
        while (next < layers.size() && layers.get(next) instanceof Layer.Dropout dropout) {
            scale *= dropout.testingScale();
            next++;
        }
        return scale;
    }

    /**
     * Observes images.
     *
     * @param order    which, and in which order
     * @param observed gets each of them, in that order
     * @param progress told the number of images done after each batch
     */
    public void observe(StoredImages images, int[] order, Consumer<Observation> observed, IntConsumer progress) {
        View view = View.centre(network.architecture()).getFirst();
        int done = 0;
        try (BatchLoader loader = new BatchLoader(images, network.images(), workers)) {
            loader.begin(order);
            while (loader.hasNext()) {
                Batch batch = loader.next();
                network.inputs().set(batch.pixels(), batch.labels());
                view.apply(network.inputs());
                network.evaluate();
                List<FloatArray> maps = layer == null ? List.of() : network.maps(layer);
                for (int place = 0; place < batch.count(); place++) {
                    observed.accept(new Observation(batch.samples()[place], column(List.of(network.probabilities()), place, 1),
                            column(maps, place, scale)));
                }
                done += batch.count();
                progress.accept(done);
            }
        }
    }

    /** One image's values of arrays {@code [values][images]}, one array after the other, each divided by {@code divisor}. */
    private float[] column(List<FloatArray> arrays, int place, float divisor) {
        int images = network.images();
        float[] values = new float[arrays.stream().mapToInt(FloatArray::getSize).sum() / images];
        int at = 0;
        for (FloatArray array : arrays) {
            for (int i = place; i < array.getSize(); i += images) {
                values[at++] = array.get(i) / divisor;
            }
        }
        return values;
    }
}
