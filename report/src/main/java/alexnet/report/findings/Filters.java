package alexnet.report.findings;

import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.run.event.FilterBank;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Reads filters from a network. */
final class Filters {

    private Filters() {
    }

    /** The filters of the first layer, as the network's host arrays have them. */
    static FilterBank ofFirstLayer(TwoGroupNetwork network) {
        ParameterTensor weights = network.parameters().getFirst();
        float[] values = new float[Math.toIntExact(weights.length())];
        int at = 0;
        for (FloatArray part : weights.parts()) {
            for (int i = 0; i < part.getSize(); i++) {
                values[at++] = part.get(i);
            }
        }
        return new FilterBank(values, weights.shape().get(0), weights.shape().get(1), weights.shape().get(2));
    }
}
