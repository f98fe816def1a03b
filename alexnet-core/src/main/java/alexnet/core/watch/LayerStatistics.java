package alexnet.core.watch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Layer;
import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.LayerMeasures;
import alexnet.core.training.DivergedException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What the layers with weights look like: of parameters and momenta as {@link TwoGroupNetwork#save} has brought them. */
public final class LayerStatistics {

    /** Floats taken together; they stay in the processor's cache. */
    private static final int CHUNK = 1 << 12;

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
                WeightHistogram weights = tensors.get(weight).parts().parallelStream().map(part -> new WeightHistogram().add(part.getSegment()))
                        .reduce(WeightHistogram::plus).orElseThrow();
                // The momentum is what the last step has added to the weights, its rate included.
                String momentum = TwoGroupNetwork.MOMENTUM + weight;
                double update = Math.sqrt(tensors.get(momentum).parts().parallelStream().mapToDouble(part -> squares(part.getSegment())).sum());
                requireFinite(weights.norm(), weight, step);
                requireFinite(update, momentum, step);
                measures.add(new LayerMeasures(layer.name(), weights.histogram(), weights.norm() > 0 ? update / weights.norm() : Double.NaN,
                        dead.shares().getOrDefault(layer.name(), Double.NaN)));
            }
        }
        return measures;
    }

    private static void requireFinite(double norm, String tensor, long step) {
        if (!Double.isFinite(norm)) {
            throw DivergedException.tensor(step, tensor);
        }
    }

    /** The sum of the squares of all floats, in four sums that do not wait for each other. */
    private static double squares(MemorySegment floats) {
        long length = floats.byteSize() / Float.BYTES;
        double[] sums = new double[4];
        float[] chunk = new float[(int) Math.min(CHUNK, length)];
        for (long start = 0; start < length; start += CHUNK) {
            int values = (int) Math.min(CHUNK, length - start);
            MemorySegment.copy(floats, ValueLayout.JAVA_FLOAT_UNALIGNED, start * Float.BYTES, chunk, 0, values);
            // Zeros change no sum.
            Arrays.fill(chunk, values, chunk.length, 0);
            add(chunk, sums);
        }
        return sums[0] + sums[1] + sums[2] + sums[3];
    }

    private static void add(float[] values, double[] sums) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < values.length; i += 4) {
            a += (double) values[i] * values[i];
            b += (double) values[i + 1] * values[i + 1];
            c += (double) values[i + 2] * values[i + 2];
            d += (double) values[i + 3] * values[i + 3];
        }
        for (; i < values.length; i++) {
            a += (double) values[i] * values[i];
        }
        sums[0] += a;
        sums[1] += b;
        sums[2] += c;
        sums[3] += d;
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
