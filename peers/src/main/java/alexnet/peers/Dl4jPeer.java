package alexnet.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.ops.transforms.Transforms;

import alexnet.bench.Contestant;
import alexnet.bench.Engine;
import alexnet.bench.Identity;
import alexnet.bench.Machine;
import alexnet.bench.Pass;
import alexnet.bench.Peer;
import alexnet.bench.SharedNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.Layer;

/**
 * Deeplearning4j. It has no grouped convolutions, so that each group is a branch of its own as in the paper's figure 2, and of
 * the kinds of momentum only Nesterov's, which takes as much work.
 */
public final class Dl4jPeer implements Peer {

    private static final int GROUPS = Architecture.GROUPS;

    @Override
    public Engine engine() {
        return Engine.DL4J;
    }

    @Override
    public Contestant open(SharedNetwork network, int threads) {
        return new Network(network);
    }

    private static ComputationGraph build(Architecture architecture) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder().seed(1).updater(new Nesterovs(1e-4, 0.9)).weightDecay(5e-4)
                .convolutionMode(ConvolutionMode.Truncate).graphBuilder().addInputs("image")
                .setInputTypes(InputType.convolutional(architecture.inputSize(), architecture.inputSize(), architecture.channels()));
        List<String> branches = List.of("image");
        double dropped = 0;
        for (Layer layer : architecture.layers()) {
            switch (layer) {
                case Layer.Convolution c -> {
                    List<String> before = c.sees() == Layer.Sees.OWN_GROUP ? branches
                            : Collections.nCopies(GROUPS, merged(graph, branches, c.name()));
                    branches = each(c.name(), (name, group) -> graph.addLayer(name, new ConvolutionLayer.Builder(c.size(), c.size())
                            .nOut(c.filters() / GROUPS).stride(c.stride(), c.stride()).padding(c.padding(), c.padding())
                            .activation(Activation.RELU).build(), before.get(group)));
                }
                case Layer.Normalization n -> {
                    List<String> before = branches;
                    branches = each(n.name(), (name, group) -> graph.addLayer(name,
                            new LocalResponseNormalization.Builder(n.k(), n.size(), n.alpha(), n.beta()).build(), before.get(group)));
                }
                case Layer.MaxPool p -> {
                    List<String> before = branches;
                    branches = each(p.name(), (name, group) -> graph.addLayer(name,
                            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX).kernelSize(p.size(), p.size())
                                    .stride(p.stride(), p.stride()).build(), before.get(group)));
                }
                case Layer.Dropout d -> dropped = d.rate();
                case Layer.FullyConnected f -> {
                    String input = merged(graph, branches, f.name());
                    FeedForwardLayer.Builder<?> units = architecture.isLast(f)
                            ? new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT).activation(Activation.SOFTMAX)
                            : new DenseLayer.Builder().activation(Activation.RELU);
                    if (dropped > 0) {
                        // DL4J drops what a layer sees, and is told what it keeps.
                        units.dropOut(1 - dropped);
                    }
                    graph.addLayer(f.name(), units.nOut(f.units()).build(), input);
                    branches = List.of(f.name());
                    dropped = 0;
                }
            }
        }
        ComputationGraph network = new ComputationGraph(graph.setOutputs(branches.getFirst()).build());
        network.init();
        return network;
    }

    /**
     * This program's weights. DL4J scales up what dropout keeps in training, the paper scales down everything in testing: what
     * lies behind such dropout gets weights that are as much smaller.
     */
    private static void fill(ComputationGraph graph, SharedNetwork network) {
        float kept = 1;
        for (Layer layer : network.architecture().layers()) {
            switch (layer) {
                case Layer.Convolution c -> {
                    long perGroup = c.filters() / GROUPS;
                    INDArray weights = array(network, c.name() + ".weight");
                    INDArray biases = array(network, c.name() + ".bias");
                    each(c.name(), (name, group) -> {
                        INDArrayIndex own = NDArrayIndex.interval(group * perGroup, (group + 1) * perGroup);
                        set(graph, name, weights.get(own), biases.get(own));
                    });
                }
                case Layer.FullyConnected f -> {
                    set(graph, f.name(), array(network, f.name() + ".weight").muli(kept).transpose(), array(network, f.name() + ".bias"));
                    kept = 1;
                }
                case Layer.Dropout d -> kept = d.testingScale();
                case Layer.Normalization _, Layer.MaxPool _ -> { }
            }
        }
    }

    private static INDArray array(SharedNetwork network, String parameter) {
        return Nd4j.create(network.parameter(parameter), network.shape(parameter).stream().mapToLong(Long::longValue).toArray());
    }

    private static void set(ComputationGraph graph, String layer, INDArray weights, INDArray biases) {
        graph.getLayer(layer).setParam("W", weights);
        graph.getLayer(layer).setParam("b", biases.reshape(1, biases.length()));
    }

    /** What the jar says that it was built as. */
    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = ComputationGraph.class.getResourceAsStream("/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties")) {
            properties.load(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return properties.getProperty("version");
    }

    /** Adds a layer to a group's branch. */
    private interface Branch {
        void add(String name, int group);
    }

    private static List<String> each(String layer, Branch branch) {
        List<String> names = IntStream.range(0, GROUPS).mapToObj(group -> layer + "_" + group).toList();
        IntStream.range(0, GROUPS).forEach(group -> branch.add(names.get(group), group));
        return names;
    }

    private static String merged(GraphBuilder graph, List<String> branches, String layer) {
        if (branches.size() == 1) {
            return branches.getFirst();
        }
        graph.addVertex(layer + "_both", new MergeVertex(), branches.toArray(String[]::new));
        return layer + "_both";
    }

    private static final class Network implements Contestant {

        private final ComputationGraph network;
        private final DataSet batch;

        Network(SharedNetwork shared) {
            Architecture architecture = shared.architecture();
            network = build(architecture);
            fill(network, shared);
            INDArray images = Nd4j.create(shared.images(),
                    new int[] {shared.batchSize(), architecture.channels(), architecture.inputSize(), architecture.inputSize()});
            INDArray labels = Nd4j.zeros(shared.batchSize(), architecture.classes());
            int[] classes = shared.labels();
            for (int image = 0; image < classes.length; image++) {
                labels.putScalar(image, classes[image], 1);
            }
            batch = new DataSet(images, labels);
        }

        @Override
        public float[] logits() {
            return Transforms.log(network.outputSingle(batch.getFeatures())).dup('c').data().asFloat();
        }

        @Override
        public Identity identity() {
            return new Identity(Engine.DL4J.label(), "Deeplearning4j " + version(), "cpu", Machine.processor());
        }

        @Override
        public void run(Pass pass) {
            switch (pass) {
                case FORWARD -> network.outputSingle(batch.getFeatures()).getFloat(0, 0);
                case TRAINING -> network.fit(batch);
            }
        }

        @Override
        public void close() {
            network.close();
        }
    }
}
