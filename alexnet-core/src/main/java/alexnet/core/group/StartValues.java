package alexnet.core.group;

import java.util.List;

import alexnet.core.network.Architecture;
import alexnet.core.network.Initial;
import alexnet.core.network.Layer;
import alexnet.kernels.CounterRandom;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What training starts from. A weight depends only on the seed, its layer and its place in the whole tensor. */
final class StartValues {

    private StartValues() {
    }

    /** Fills weights and biases with what the architecture's layers name. */
    static void fill(Architecture architecture, List<ParameterTensor> parameters, long seed) {
        for (int layer = 0; layer < parameters.size(); layer++) {
            ParameterTensor tensor = parameters.get(layer);
            boolean isWeight = tensor.name().endsWith(".weight");
            Initial initial = ((Layer.Weighted) architecture.layer(tensor.name().substring(0, tensor.name().lastIndexOf('.')))).initial();
            int key = CounterRandom.mix((int) seed, (int) (seed >> 32));
            int offset = 0;
            for (FloatArray part : tensor.parts()) {
                if (isWeight) {
                    CounterRandom.fillGaussian(part.getSegment(), initial.deviation(), CounterRandom.mix(key, layer),
                            CounterRandom.WEIGHTS, offset);
                } else {
                    part.init(initial.bias());
                }
                offset += part.getSize();
            }
        }
    }
}
