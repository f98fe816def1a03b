package alexnet.core.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import alexnet.core.group.BatchInputs;
import alexnet.core.group.Link;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.Probes;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.Layer;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.Hyper;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A network with a made-up batch, whose loss can be measured for other parameters. The batch has crops, mirrored images,
 * colour noise, dropout, and a last place without an image.
 */
final class ProbedNetwork implements AutoCloseable {

    /**
     * One pass forward.
     *
     * @param loss    mean cross-entropy, in double precision from the device's logits
     * @param logits  {@code [classes][images]}
     * @param pattern which units are on and which value each pooling window takes; while it stays the same, the loss is a
     *                smooth function of the parameters
     */
    record Pass(double loss, double[] logits, List<Object> pattern) {
    }

    private static final String LOGITS = "logits";

    private final TwoGroupNetwork network;
    private final int images;

    ProbedNetwork(Architecture architecture, int images, List<TwoGroupNetwork.Placement> placements, Link link, long seed) {
        this.images = images;
        List<String> observed = new ArrayList<>(List.of(LOGITS));
        for (Layer layer : architecture.layers()) {
            switch (layer) {
                case Layer.Weighted weighted -> {
                    observed.addAll(List.of(weighted.name() + ".weight.gradient", weighted.name() + ".bias.gradient"));
                    if (!architecture.isLast(weighted)) {
                        observed.add(weighted.name());
                    }
                }
                case Layer.MaxPool pool -> observed.add(pool.name() + ".winners");
                case Layer.Normalization _, Layer.Dropout _ -> { }
            }
        }
        network = new TwoGroupNetwork(architecture, images, placements, link, new Probes(observed, true, null));
        try {
            network.initialize(seed);
            fillBatch(CounterRandom.mix((int) seed, (int) (seed >> 32)));
            network.load();
        } catch (RuntimeException | Error failed) {
            network.close();
            throw failed;
        }
    }

    private void fillBatch(int key) {
        Architecture architecture = network.architecture();
        float[] mean = new float[architecture.channels() * architecture.storedSize() * architecture.storedSize()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = 64 + CounterRandom.below(128, key, 0, i);
        }
        network.setMean(mean);
        BatchInputs inputs = network.inputs();
        inputs.makeUp(architecture, key);
        inputs.labels.set(images - 1, -1);
        for (int i = 0; i < inputs.noise.getSize(); i++) {
            inputs.noise.set(i, CounterRandom.below(21, key, CounterRandom.COLOUR, i) - 10);
        }
        // A rate and a momentum of zero leave the parameters as they are.
        Hyper.setAll(inputs.hyper, Hyper.RATE, 0);
        inputs.hyper.set(Hyper.MOMENTUM, 0);
        inputs.hyper.set(Hyper.LOSS_SCALE, 1f / (images - 1));
    }

    /** The parameters' host arrays. */
    List<ParameterTensor> parameters() {
        return network.parameters();
    }

    /** Forward and back, so that {@link #gradient} holds what the devices computed; the parameters stay as they are. */
    void backward() {
        network.train();
        network.save();
    }

    /** The gradient of a part's share of a parameter, from the last {@link #backward()}. */
    FloatArray gradient(int part, String parameter) {
        return network.observed(part, parameter + ".gradient");
    }

    /** Forward with the host arrays' parameters. */
    Pass forward() {
        network.replaceParameters();
        network.forwardAsInTraining();
        network.save();
        FloatArray array = network.observed(0, LOGITS);
        double[] values = IntStream.range(0, array.getSize()).mapToDouble(array::get).toArray();
        return new Pass(loss(values), values, pattern());
    }

    private double loss(double[] values) {
        double sum = 0;
        for (int image = 0; image < images - 1; image++) {
            double ofLabel = values[network.inputs().labels.get(image) * images + image];
            double exponentials = 0;
            for (int at = image; at < values.length; at += images) {
                exponentials += Math.exp(values[at] - ofLabel);
            }
            sum += Math.log(exponentials);
        }
        return sum / (images - 1);
    }

    private List<Object> pattern() {
        List<Object> pattern = new ArrayList<>();
        Architecture architecture = network.architecture();
        for (Layer layer : architecture.layers()) {
            for (int part = 0; part < network.parts(); part++) {
                if (layer instanceof Layer.MaxPool) {
                    IntArray winners = network.observedIntegers(part, layer.name() + ".winners");
                    pattern.add(IntStream.range(0, winners.getSize()).mapToObj(winners::get).toList());
                } else if (layer instanceof Layer.Weighted && !architecture.isLast(layer)) {
                    FloatArray outputs = network.observed(part, layer.name());
                    pattern.add(IntStream.range(0, outputs.getSize()).mapToObj(i -> outputs.get(i) > 0).toList());
                }
            }
        }
        return pattern;
    }

    @Override
    public void close() {
        network.close();
    }
}
