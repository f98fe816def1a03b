package alexnet.core.training;

import java.util.List;

import alexnet.core.group.TwoGroupNetwork;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What a network says about a batch, averaged over some views of every image (paper, section 4.1). */
final class ViewAverage {

    private final TwoGroupNetwork network;
    private final List<View> views;
    private final FloatArray average;

    ViewAverage(TwoGroupNetwork network, List<View> views) {
        this.network = network;
        this.views = List.copyOf(views);
        this.average = new FloatArray(network.architecture().classes() * network.images());
    }

    /** {@code [classes][images]} of the batch in the network's inputs; valid until the next call. */
    FloatArray probabilities() {
        average.init(0);
        for (View view : views) {
            view.apply(network.inputs());
            network.evaluate();
            FloatArray probabilities = network.probabilities();
            for (int i = 0; i < average.getSize(); i++) {
                average.set(i, average.get(i) + probabilities.get(i) / views.size());
            }
        }
        return average;
    }

    /** The probabilities of the image at one of so many places. */
    static float[] column(FloatArray probabilities, int places, int place) {
        float[] ofImage = new float[probabilities.getSize() / places];
        for (int c = 0; c < ofImage.length; c++) {
            ofImage[c] = probabilities.get(c * places + place);
        }
        return ofImage;
    }
}
