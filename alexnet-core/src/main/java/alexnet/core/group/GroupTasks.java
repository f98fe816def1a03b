package alexnet.core.group;

import java.util.List;

import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Adds the tasks of one part, segment by segment, and follows the gradient on the way back. */
final class GroupTasks {

    private final GroupLayers layers;
    private final KernelFamily kernels;
    /** Where the gradient is now: one of the two scratch arrays. */
    private FloatArray gradient;

    GroupTasks(GroupLayers layers, KernelFamily kernels) {
        this.layers = layers;
        this.kernels = kernels;
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

    /** From the gradient by the segment's output to that by its input, or by that of the lowest layer that learns, with all updates but {@link #updateFirst}. */
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

    /** The update of the segment's first layer that the way back comes to, which no other part waits for; that layer doesn't work in place. */
    void updateFirst(Chain chain, int segment) {
        GroupLayer layer = layers.segments.get(segment).learning().getFirst();
        if (layer.learns()) {
            learn(chain, layer, free());
        }
    }

    /** The gradients by a layer's parameters and their updates. */
    private void learn(Chain chain, GroupLayer layer, FloatArray outputGradient) {
        FloatArray hyper = layers.shared.inputs.hyper;
        GraphBuilder graph = chain.part(layer.name(), Work.BACKWARD, List.of(hyper));
        layer.weightGradient(graph, kernels, outputGradient);
        for (Parameter parameter : layer.parameters()) {
            String task = layer.task() + "_update_" + parameter.name().substring(layer.name().length() + 1);
            layers.optimizer.update(graph, kernels, task, parameter, parameter.gradient(), hyper);
        }
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
