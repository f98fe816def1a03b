package alexnet.core.weights;

import java.util.List;
import java.util.Map;

/**
 * A layer or an operation of the network that a file describes beside its weights.
 *
 * @param name    its name, which need not be the only such
 * @param type    what the file's format calls its kind: {@code Convolution}, {@code InnerProduct}, {@code LRN} of Caffe;
 *                {@code Conv}, {@code Gemm}, {@code LRN} of ONNX
 * @param inputs  the values that it takes, those that are tensors of the file left out
 * @param outputs the values that it makes
 * @param tensors the names of its tensors in the file: as a rule its weights, then its biases
 * @param numbers its attributes that are numbers, by the names that the format has for them; what a file leaves to the format's default
 *                is not there
 * @param texts   its attributes that are text
 */
public record WeightsNode(String name, String type, List<String> inputs, List<String> outputs, List<String> tensors,
                          Map<String, List<Double>> numbers, Map<String, String> texts) {

    /** The first number of an attribute; what else it is where the file leaves it out. */
    public double number(String attribute, double otherwise) {
        List<Double> values = numbers.getOrDefault(attribute, List.of());
        return values.isEmpty() ? otherwise : values.getFirst();
    }
}
