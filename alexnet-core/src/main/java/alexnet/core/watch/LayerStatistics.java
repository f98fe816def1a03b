package alexnet.core.watch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.group.ParameterTensor;
import alexnet.core.group.Sgd;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Layer;
import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.LayerMeasures;
import alexnet.core.training.DivergedException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What the layers with weights look like: of parameters and momenta as {@link TwoGroupNetwork#save} has brought them. */
public final class LayerStatistics {

    private LayerStatistics() {
    }

    /**
     * Measures each layer with weights.
     *
     * @param step behind which, for the message of the exception
     * @throws DivergedException if a weight or its momentum is not finite
     */
    public static List<LayerMeasures> of(TwoGroupNetwork network, DeadUnits dead, long step) {
        Map<String, ParameterTensor> tensors = new HashMap<>();
        network.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        List<LayerMeasures> measures = new ArrayList<>();
        for (Layer layer : network.architecture().layers()) {
            if (layer instanceof Layer.Weighted) {
                String weight = layer.name() + ".weight";
                WeightHistogram weights = counted(tensors.get(weight), step);
                // The momentum is what the last step has added to the weights, its rate included.
                ParameterTensor momenta = tensors.get(Sgd.MOMENTA + weight);
                WeightHistogram updates = momenta == null ? null : counted(momenta, step);
                measures.add(new LayerMeasures(layer.name(), weights.histogram(), updates == null ? null : updates.histogram(),
                        updates != null && weights.norm() > 0 ? updates.norm() / weights.norm() : Double.NaN, dead.shares().getOrDefault(layer.name(), Double.NaN)));
            }
        }
        return measures;
    }

    /** Both groups' parts at once: together they are up to 38 million values. */
    private static WeightHistogram counted(ParameterTensor tensor, long step) {
        WeightHistogram counted = tensor.parts().parallelStream().map(part -> new WeightHistogram().add(part.getSegment()))
                .reduce(WeightHistogram::plus).orElseThrow();
        if (!Double.isFinite(counted.norm())) {
            throw DivergedException.tensor(step, tensor.name());
        }
        return counted;
    }

    /** The filters of the first layer, the first group's first. */
    public static FilterBank firstFilters(TwoGroupNetwork network) {
        String name = network.architecture().layers().getFirst().name() + ".weight";
        ParameterTensor tensor = network.parameters().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        float[] weights = new float[Math.toIntExact(tensor.length())];
        int at = 0;
        for (FloatArray part : tensor.parts()) {
            MemorySegment.copy(part.getSegment(), ValueLayout.JAVA_FLOAT_UNALIGNED, 0, weights, at, part.getSize());
            at += part.getSize();
        }
        return new FilterBank(weights, tensor.shape().get(0), tensor.shape().get(1), tensor.shape().get(2));
    }
}
