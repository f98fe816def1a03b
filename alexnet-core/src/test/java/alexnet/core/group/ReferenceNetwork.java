package alexnet.core.group;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import alexnet.core.network.Architecture;
import alexnet.core.network.Extent;
import alexnet.core.network.Layer;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.PoolingShape;
import alexnet.kernels.reference.ConvolutionReference;
import alexnet.kernels.reference.DropoutReference;
import alexnet.kernels.reference.FullyConnectedReference;
import alexnet.kernels.reference.NormalizationReference;
import alexnet.kernels.reference.PoolingReference;
import alexnet.kernels.reference.ReluReference;
import alexnet.kernels.reference.SoftmaxReference;

/**
 * An architecture as one ordinary network in double precision: all maps in one array, grouped convolutions and normalisations where
 * a layer sees its own group. It knows nothing of devices, parts or exchanges.
 */
final class ReferenceNetwork {

    private final Architecture architecture;
    private final int images;
    final Map<String, double[]> parameters;
    /** The maps of each layer of the last pass, both groups', by its name. */
    final Map<String, double[]> maps = new HashMap<>();
    /** Gradients of the last pass, by the parameter's name. */
    final Map<String, double[]> gradients = new HashMap<>();
    double[] probabilities;
    double[] losses;

    ReferenceNetwork(Architecture architecture, int images, Map<String, double[]> parameters) {
        this.architecture = architecture;
        this.images = images;
        this.parameters = parameters;
    }

    /** One pass with dropout forward, and back. */
    void train(double[] image, int[] labels, int[] imageKeys, double lossScale) {
        Deque<UnaryOperator<double[]>> back = new ArrayDeque<>();
        Extent extent = new Extent(architecture.channels(), architecture.inputSize(), architecture.inputSize());
        double[] values = image;
        int dropouts = 0;
        for (Layer layer : architecture.layers()) {
            double[] input = values;
            switch (layer) {
                case Layer.Convolution c -> {
                    int groups = c.sees() == Layer.Sees.OWN_GROUP ? Architecture.GROUPS : 1;
                    var s = new ConvolutionShape(images, extent.channels(), extent.height(), extent.width(), c.filters(), c.size(),
                            c.stride(), c.padding(), groups);
                    double[] output = ReluReference.forward(ConvolutionReference.forward(s, input, weight(c), bias(c)));
                    back.push(gradient -> {
                        double[] sum = ReluReference.gradient(output, gradient);
                        gradients.put(c.name() + ".weight", ConvolutionReference.weightGradient(s, input, sum));
                        gradients.put(c.name() + ".bias", ConvolutionReference.biasGradient(s, sum));
                        return ConvolutionReference.inputGradient(s, sum, weight(c));
                    });
                    values = output;
                    extent = new Extent(c.filters(), s.outputHeight(), s.outputWidth());
                }
                case Layer.Normalization n -> {
                    int groups = n.sees() == Layer.Sees.OWN_GROUP ? Architecture.GROUPS : 1;
                    var s = new NormalizationShape(images, extent.channels() / groups, extent.height(), extent.width(),
                            n.size(), n.alpha(), n.beta(), n.k());
                    values = byGroup(groups, input, input, (own, _) -> NormalizationReference.forward(s, own, NormalizationReference.scales(s, own)));
                    back.push(gradient -> byGroup(groups, input, gradient, (own, ofOwn) ->
                            NormalizationReference.inputGradient(s, own, NormalizationReference.scales(s, own), ofOwn)));
                }
                case Layer.MaxPool p -> {
                    var s = new PoolingShape(images, extent.channels(), extent.height(), extent.width(), p.size(), p.stride(), p.ceil());
                    int[] winners = PoolingReference.winners(s, input);
                    values = PoolingReference.forward(s, input, winners);
                    back.push(gradient -> PoolingReference.inputGradient(s, gradient, winners));
                    extent = new Extent(extent.channels(), s.outputHeight(), s.outputWidth());
                }
                case Layer.FullyConnected f -> {
                    var s = new FullyConnectedShape(images, extent.length(), f.units());
                    double[] sums = FullyConnectedReference.forward(s, input, weight(f), bias(f));
                    boolean relu = !architecture.isLast(f);
                    double[] output = relu ? ReluReference.forward(sums) : sums;
                    back.push(gradient -> {
                        double[] sum = relu ? ReluReference.gradient(output, gradient) : gradient;
                        gradients.put(f.name() + ".weight", FullyConnectedReference.weightGradient(s, input, sum));
                        gradients.put(f.name() + ".bias", FullyConnectedReference.biasGradient(s, sum));
                        return FullyConnectedReference.inputGradient(s, sum, weight(f));
                    });
                    values = output;
                    extent = new Extent(f.units(), 1, 1);
                }
                case Layer.Dropout d -> {
                    int purpose = CounterRandom.DROPOUT + dropouts++;
                    values = DropoutReference.train(images, 0, purpose, d.rate(), d.inverted(), imageKeys, input);
                    back.push(gradient -> DropoutReference.train(images, 0, purpose, d.rate(), d.inverted(), imageKeys, gradient));
                }
            }
            maps.put(layer.name(), values);
        }
        probabilities = SoftmaxReference.probabilities(images, values);
        losses = SoftmaxReference.losses(images, values, labels);
        double[] gradient = SoftmaxReference.gradient(images, probabilities, labels, lossScale);
        while (!back.isEmpty()) {
            gradient = back.pop().apply(gradient);
        }
    }

    private double[] weight(Layer layer) {
        return parameters.get(layer.name() + ".weight");
    }

    private double[] bias(Layer layer) {
        return parameters.get(layer.name() + ".bias");
    }

    /** Applies a function to each group's share of two arrays of one length, and puts the results together. */
    private static double[] byGroup(int groups, double[] a, double[] b, BiFunction<double[], double[], double[]> function) {
        int share = a.length / groups;
        double[] result = new double[a.length];
        for (int from = 0; from < a.length; from += share) {
            double[] part = function.apply(Arrays.copyOfRange(a, from, from + share), Arrays.copyOfRange(b, from, from + share));
            System.arraycopy(part, 0, result, from, share);
        }
        return result;
    }
}
