package alexnet.peers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import alexnet.bench.Contestant;
import alexnet.bench.Engine;
import alexnet.bench.Identity;
import alexnet.bench.Machine;
import alexnet.bench.Pass;
import alexnet.bench.Peer;
import alexnet.bench.SharedNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;

/** PyTorch through DJL, on the processor. Normalisation is composed of the operations that PyTorch's own is composed of. */
public final class PyTorchPeer implements Peer {

    @Override
    public Engine engine() {
        return Engine.PYTORCH;
    }

    @Override
    public Contestant open(SharedNetwork network, int threads) {
        if (threads > 0) {
            System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
        }
        return new Network(network);
    }

    private static final class Network implements Contestant {

        private static final float RATE = 1e-4f;
        private static final float MOMENTUM = 0.9f;
        private static final float WEIGHT_DECAY = 5e-4f;

        private final Architecture architecture;
        private final NDManager manager = NDManager.newBaseManager();
        private final Map<String, NDArray> parameters = new LinkedHashMap<>();
        private final NDArray images;
        private final NDArray labels;
        private final Optimizer sgd = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(RATE)).optWeightDecays(WEIGHT_DECAY)
                .optMomentum(MOMENTUM).build();

        Network(SharedNetwork network) {
            architecture = network.architecture();
            for (String name : GroupShapes.whole(architecture, 1).parameters().keySet()) {
                NDArray parameter = manager.create(network.parameter(name), new Shape(network.shape(name)));
                parameter.setRequiresGradient(true);
                parameters.put(name, parameter);
            }
            images = manager.create(network.images(),
                    new Shape(network.batchSize(), architecture.channels(), architecture.inputSize(), architecture.inputSize()));
            labels = manager.create(Arrays.stream(network.labels()).asLongStream().toArray());
        }

        @Override
        public Identity identity() {
            ai.djl.engine.Engine engine = ai.djl.engine.Engine.getInstance();
            return new Identity(Engine.PYTORCH.label(), "PyTorch " + engine.getVersion() + " through DJL " + ai.djl.engine.Engine.getDjlVersion(),
                    "cpu", Machine.processor());
        }

        @Override
        public float[] logits() {
            try (NDManager batch = manager.newSubManager()) {
                NDArray input = images.duplicate();
                input.attach(batch);
                JniUtils.setGradMode(false);
                return logits(input, false).toFloatArray();
            }
        }

        @Override
        public void run(Pass pass) {
            try (NDManager batch = manager.newSubManager()) {
                NDArray input = images.duplicate();
                input.attach(batch);
                switch (pass) {
                    case FORWARD -> {
                        JniUtils.setGradMode(false);
                        logits(input, false).softmax(1).getFloat(0, 0);
                    }
                    case TRAINING -> train(input);
                }
            }
        }

        private void train(NDArray input) {
            try (GradientCollector collector = ai.djl.engine.Engine.getInstance().newGradientCollector()) {
                NDArray loss = Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), new NDList(logits(input, true)));
                collector.backward(loss);
            }
            parameters.forEach((name, parameter) -> {
                try (NDArray gradient = parameter.getGradient()) {
                    sgd.update(name, parameter, gradient);
                }
            });
        }

        private NDArray logits(NDArray input, boolean training) {
            NDArray maps = input;
            for (Layer layer : architecture.layers()) {
                maps = switch (layer) {
                    case Layer.Convolution c -> Activation.relu(Conv2d.conv2d(maps, weight(c), bias(c), new Shape(c.stride(), c.stride()),
                            new Shape(c.padding(), c.padding()), new Shape(1, 1), c.sees() == Layer.Sees.OWN_GROUP ? Architecture.GROUPS : 1)
                            .singletonOrThrow());
                    case Layer.Normalization n -> normalize(maps, n);
                    case Layer.MaxPool p -> Pool.maxPool2d(maps, new Shape(p.size(), p.size()), new Shape(p.stride(), p.stride()),
                            new Shape(0, 0), p.ceil());
                    case Layer.FullyConnected f -> {
                        NDArray sums = Linear.linear(maps.reshape(maps.getShape().get(0), -1), weight(f), bias(f)).singletonOrThrow();
                        yield architecture.isLast(f) ? sums : Activation.relu(sums);
                    }
                    // PyTorch scales up what it keeps in training, the paper scales down everything in testing: by as much in both.
                    case Layer.Dropout d -> Dropout.dropout(maps, d.rate(), training).singletonOrThrow().mul(d.testingScale());
                };
            }
            return maps;
        }

        /** Sums that end at the border of the groups are of each group alone, whose maps are taken for an image of their own. */
        private static NDArray normalize(NDArray maps, Layer.Normalization n) {
            Shape shape = maps.getShape();
            int count = n.sees() == Layer.Sees.OWN_GROUP ? Architecture.GROUPS : 1;
            NDArray groups = maps.reshape(shape.get(0) * count, 1, shape.get(1) / count, shape.get(2), shape.get(3));
            NDArray means = Pool.avgPool3d(groups.mul(groups), new Shape(n.size(), 1, 1), new Shape(1, 1, 1), new Shape(n.size() / 2, 0, 0), false, true);
            return groups.div(means.mul(n.alpha() * n.size()).add(n.k()).pow(n.beta())).reshape(shape);
        }

        private NDArray weight(Layer layer) {
            return parameters.get(layer.name() + ".weight");
        }

        private NDArray bias(Layer layer) {
            return parameters.get(layer.name() + ".bias");
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
