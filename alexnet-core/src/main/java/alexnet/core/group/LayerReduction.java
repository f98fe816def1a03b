package alexnet.core.group;

import java.util.List;
import java.util.stream.Stream;

import alexnet.core.profile.StepProfile.Work;
import alexnet.core.replica.Reduction;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** How one part of a layer comes by the gradients by its parameters of the batch of all ranks. */
sealed interface LayerReduction {

    /** The layer; it learns. */
    GroupLayer layer();

    /** Whose it is. */
    int part();

    /** Whether it needs what all of the rank's parts have sent. */
    boolean needsAllParts();

    /**
     * Adds the tasks that compute what other ranks need of this one, which is on the host afterwards.
     *
     * @param outputGradient by the layer's output, behind its ReLU's gradient
     */
    void send(Chain chain, FloatArray outputGradient);

    /** What ranks do with what they have sent, on the host. */
    void exchange(RankExchange exchange);

    /** Bytes that a rank sends for it, and as many that it receives, see {@link Reduction}. */
    long bytes(int ranks);

    /** What there is to bring to the device after that. */
    List<FloatArray> received();

    /**
     * Adds the tasks that are then still needed.
     *
     * @return the gradients by the layer's {@link GroupLayer#parameters()}
     */
    List<FloatArray> gradients(GraphBuilder graph, KernelFamily kernels);

    /** What is exchanged, in words: on all ranks the same. */
    String describe();

    /**
     * The ranks' gradients are summed.
     *
     * @param sums one for each parameter; they come from the host
     */
    record Summed(GroupLayer layer, int part, List<FloatArray> sums) implements LayerReduction {

        static Summed allocate(DeviceArrays arrays, GroupLayer layer, int part, List<Integer> lengths) {
            return new Summed(layer, part, lengths.stream().map(arrays::transferred).toList());
        }

        private Stream<FloatArray> own() {
            return layer.parameters().stream().map(Parameter::gradient);
        }

        @Override
        public boolean needsAllParts() {
            return false;
        }

        @Override
        public void send(Chain chain, FloatArray outputGradient) {
            layer.weightGradient(chain.part(layer.name(), Work.BACKWARD, List.of()), chain.kernels(), outputGradient);
            chain.download(layer.name(), own().toList());
        }

        @Override
        public void exchange(RankExchange exchange) {
            List<FloatArray> own = own().toList();
            for (int i = 0; i < own.size(); i++) {
                exchange.sum(own.get(i), sums.get(i));
            }
        }

        @Override
        public long bytes(int ranks) {
            return sums.stream().mapToLong(sum -> Reduction.summedBytes(ranks, sum.getSize())).sum();
        }

        @Override
        public List<FloatArray> received() {
            return sums;
        }

        @Override
        public List<FloatArray> gradients(GraphBuilder graph, KernelFamily kernels) {
            return sums;
        }

        @Override
        public String describe() {
            return layer.name() + " of part " + part + ": sum of " + sums.stream().map(FloatArray::getSize).toList();
        }
    }

    /**
     * A fully connected layer's inputs and output gradients are gathered, and the gradients computed of all ranks' images.
     *
     * @param shape          of the part for all ranks' images
     * @param images         of this rank
     * @param input          the inputs that this part has computed itself, of this rank's images
     * @param outputGradient the gradient by its output, likewise
     * @param inputs         all inputs of all ranks' images; they come from the host, as do
     * @param gradients      the gradients by the part's outputs of all ranks' images
     */
    record Gathered(GroupLayer.FullyConnected layer, int part, FullyConnectedShape shape, int images, Values input, FloatArray outputGradient,
                    FloatArray inputs, FloatArray outputGradients) implements LayerReduction {

        @Override
        public boolean needsAllParts() {
            return true;
        }

        @Override
        public void send(Chain chain, FloatArray gradient) {
            GraphBuilder graph = chain.part(layer.name(), Work.BACKWARD, List.of());
            chain.kernels().copy(graph, layer.task() + "_factor", outputGradient.getSize(), gradient, 0, outputGradient, 0);
            chain.download(layer.name(), input.any() ? List.of(outputGradient, input.array()) : List.of(outputGradient));
        }

        @Override
        public void exchange(RankExchange exchange) {
            if (input.any()) {
                exchange.gather(input.array(), input.range().length() / images, images, inputs, input.range().from() / images);
            }
            exchange.gather(outputGradient, shape.units(), images, outputGradients, 0);
        }

        @Override
        public long bytes(int ranks) {
            return Reduction.gatheredBytes(ranks, images, input.any() ? input.range().length() / images : 0, shape.units());
        }

        @Override
        public List<FloatArray> received() {
            return List.of(inputs, outputGradients);
        }

        @Override
        public List<FloatArray> gradients(GraphBuilder graph, KernelFamily kernels) {
            List<FloatArray> gradients = layer.parameters().stream().map(Parameter::gradient).toList();
            kernels.fullyConnectedWeightGradient(graph, layer.task() + "_weight", shape, inputs, outputGradients, gradients.getFirst(), gradients.getLast());
            return gradients;
        }

        @Override
        public String describe() {
            return layer.name() + " of part " + part + ": inputs " + input.range() + " and " + shape.units() + " output gradients of " + images + " images";
        }
    }
}
