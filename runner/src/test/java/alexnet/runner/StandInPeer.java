package alexnet.runner;

import java.util.Arrays;
import java.util.List;

import alexnet.bench.Contestant;
import alexnet.bench.Engine;
import alexnet.bench.Identity;
import alexnet.bench.Pass;
import alexnet.bench.Peer;
import alexnet.bench.SharedNetwork;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.Layer;
import alexnet.kernels.KernelFamilies;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Peers whose engine is this program, where the real ones are not downloaded. They take an architecture whose stored images are
 * not cropped.
 *
 * @param engine       whose place it takes
 * @param alphaFactor  of the normalisations' alpha; anything but 1 is another network
 */
record StandInPeer(Engine engine, float alphaFactor) {

    private static final float MEAN = 127.5f;

    /** Computes the same network. */
    public static final class Right implements Peer {
        @Override
        public Engine engine() {
            return Engine.PYTORCH;
        }

        @Override
        public Contestant open(SharedNetwork network, int threads) {
            return new StandInPeer(engine(), 1).contestant(network);
        }
    }

    /** Normalises with twice the alpha. */
    public static final class Wrong implements Peer {
        @Override
        public Engine engine() {
            return Engine.DL4J;
        }

        @Override
        public Contestant open(SharedNetwork network, int threads) {
            return new StandInPeer(engine(), 2).contestant(network);
        }
    }

    private Architecture architecture(Architecture given) {
        List<Layer> layers = given.layers().stream().map(layer -> layer instanceof Layer.Normalization n
                ? new Layer.Normalization(n.name(), n.size(), alphaFactor * n.alpha(), n.beta(), n.k(), n.sees()) : layer).toList();
        return new Architecture(given.name(), given.channels(), given.storedSize(), given.inputSize(), layers);
    }

    private Contestant contestant(SharedNetwork shared) {
        var placements = Devices.ofRuntime().byDefault().stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList();
        TwoGroupNetwork network = new TwoGroupNetwork(architecture(shared.architecture()), shared.batchSize(), placements);
        network.initialize(0);
        network.parameters().forEach(tensor -> {
            float[] values = shared.parameter(tensor.name());
            int at = 0;
            for (FloatArray part : tensor.parts()) {
                for (int i = 0; i < part.getSize(); i++) {
                    part.set(i, values[at++]);
                }
            }
        });
        float[] mean = new float[network.inputs().pixels.getSize() / shared.batchSize()];
        Arrays.fill(mean, MEAN);
        network.setMean(mean);
        float[] images = shared.images();
        for (int i = 0; i < images.length; i++) {
            network.inputs().pixels.set(i, (byte) Math.round(images[i] + MEAN));
        }
        int[] labels = shared.labels();
        for (int image = 0; image < labels.length; image++) {
            network.inputs().labels.set(image, labels[image]);
        }
        network.load();
        return new Contestant() {
            @Override
            public Identity identity() {
                return new Identity(engine.label(), "1", "cpu", "a processor");
            }

            @Override
            public void run(Pass pass) {
                network.evaluate();
            }

            @Override
            public float[] logits() {
                network.evaluate();
                return network.logits();
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }
}
