package alexnet.core.group;

import java.util.ArrayList;
import java.util.List;

import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Adds the tasks of one part, segment by segment, and follows the gradient on the way back. */
final class GroupTasks {

    private final GroupLayers layers;
    private final KernelFamily kernels;
    /** Null where gradients stay as they are. */
    private final Reducer reducer;
    /** Where the gradient is now: one of the two scratch arrays. */
    private FloatArray gradient;

    GroupTasks(GroupLayers layers, KernelFamily kernels, Reducer reducer) {
        this.layers = layers;
        this.kernels = kernels;
        this.reducer = reducer;
        this.gradient = layers.scratch;
    }

    void forward(Chain chain, int segment) {
        for (GroupLayer layer : layers.segments.get(segment).layers()) {
            layer.forward(chain.part(layer.name(), Work.FORWARD, layer.forwardInputs()), kernels);
        }
    }

    /** The gradient of the loss by the part's logits. */
    void lossGradient(Chain chain) {
        Segment segment = layers.segments.getLast();
        BatchInputs inputs = layers.shared.inputs;
        int images = layers.shapes.images();
        GraphBuilder graph = chain.part("loss", Work.BACKWARD, List.of(inputs.hyper, inputs.labels));
        kernels.softmaxCrossEntropyGradient(graph, "softmax" + layers.shapes.part(), images, segment.own().range().from() / images,
                segment.own().range().length() / images, layers.shared.probabilities, inputs.labels, inputs.hyper, gradient);
    }

    /** From the gradient by the segment's output to that by its input, or by that of the lowest layer that learns, with all that {@link #learn} adds but {@link #updateFirst}. */
    void backward(Chain chain, int segment) {
        List<GroupLayer> segmentLayers = layers.segments.get(segment).learning();
        for (GroupLayer layer : segmentLayers.reversed()) {
            FloatArray outputGradient = gradient;
            if (!layer.parameters().isEmpty()) {
                chain.weighted();
            }
            gradient = layer.goesBack() ? layer.inputGradient(chain.part(layer.name(), Work.BACKWARD, layer.gradientInputs()), kernels, outputGradient, free())
                    : free();
            if (layer.learns() && layer != segmentLayers.getFirst()) {
                learn(chain, layer, outputGradient);
            }
        }
    }

    /** What the segment's first layer learns that the way back comes to, which no other part waits for; that layer doesn't work in place. */
    void updateFirst(Chain chain, int segment) {
        GroupLayer layer = layers.segments.get(segment).learning().getFirst();
        if (layer.learns()) {
            learn(chain, layer, free());
        }
    }

    /** The gradients by a layer's parameters and their updates; where there are other ranks, what they need for {@link #updateReduced}. */
    private void learn(Chain chain, GroupLayer layer, FloatArray outputGradient) {
        if (reducer != null) {
            LayerReduction reduction = layers.reductions.get(layer.name());
            reduction.send(chain, outputGradient);
            chain.onHost(layer.name(), Work.EXCHANGE, () -> reducer.start(reduction));
            return;
        }
        GraphBuilder graph = chain.part(layer.name(), Work.BACKWARD, List.of(hyper()));
        layer.weightGradient(graph, kernels, outputGradient);
        update(graph, layer, layer.parameters().stream().map(Parameter::gradient).toList());
    }

    /** Waits for the other ranks' share of a layer. */
    void awaitRanks(Chain chain, String layer) {
        LayerReduction reduction = layers.reductions.get(layer);
        chain.awaitRanks(layer, () -> reducer.await(reduction));
    }

    /** The update of a layer by the gradients of all ranks. */
    void updateReduced(Chain chain, String layer) {
        LayerReduction reduction = layers.reductions.get(layer);
        List<FloatArray> inputs = new ArrayList<>(reduction.received());
        inputs.add(hyper());
        GraphBuilder graph = chain.part(layer, Work.BACKWARD, inputs);
        update(graph, reduction.layer(), reduction.gradients(graph, kernels));
    }

    private void update(GraphBuilder graph, GroupLayer layer, List<FloatArray> gradients) {
        List<Parameter> parameters = layer.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            String task = layer.task() + "_update_" + parameter.name().substring(layer.name().length() + 1);
            layers.optimizer.update(graph, kernels, task, parameter, gradients.get(i), hyper());
        }
    }

    private FloatArray hyper() {
        return layers.shared.inputs.hyper;
    }

    FloatArray gradient() {
        return gradient;
    }

    /** Goes on with the other scratch array; returns it. */
    FloatArray swap() {
        gradient = free();
        return gradient;
    }

    private FloatArray free() {
        return gradient == layers.scratch ? layers.otherScratch : layers.scratch;
    }
}
