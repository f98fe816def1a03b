package alexnet.core.group;

import java.util.ArrayList;
import java.util.List;

import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The graphs of a training step, cut where the groups meet.
 *
 * <pre>
 *   forward segment     one graph a segment, then its maps are exchanged
 *   loss                softmax over both groups' logits and cross-entropy
 *   backward segment    in reverse order: gradients and updates; the gradient by the other group's maps is sent
 *   update layer        the update of the segment's first layer, then the gradient by the own maps is received
 * </pre>
 */
final class StepGraphs {

    private final GroupLayers layers;
    private final KernelFamily kernels;
    private final PlanGraphs graphs;

    /** Adds to {@code graphs}. */
    StepGraphs(GroupLayers layers, KernelFamily kernels, PlanGraphs graphs) {
        this.layers = layers;
        this.kernels = kernels;
        this.graphs = graphs;
    }

    /** From the batch's images to probabilities and losses. */
    List<Stage> forward() {
        List<Stage> stages = new ArrayList<>();
        GroupLayers.Segment before = null;
        for (GroupLayers.Segment segment : layers.segments) {
            PlanGraphs.Chain chain = graphs.new Chain("forward_" + segment.name(), stages);
            BatchInputs inputs = layers.inputs;
            if (before == null) {
                GraphBuilder builder = chain.graph("image", Work.UPLOAD, List.of(inputs.pixels, inputs.crops.array(), inputs.noise));
                kernels.prepareImages(builder, "prepare", layers.shapes.image(), inputs.pixels, layers.mean, inputs.crops.array(),
                        inputs.noise, layers.image);
            } else {
                receive(chain, before);
            }
            for (GroupLayer layer : segment.layers()) {
                layer.forward(chain.graph(layer.name(), Work.FORWARD, layer.forwardInputs()), kernels);
            }
            GraphBuilder builder = chain.graph(segment.name(), Work.DOWNLOAD, List.of());
            if (graphs.profiled()) {
                graphs.keep(builder, List.of(segment.ownOutput()));
            }
            builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, segment.ownOutput());
            chain.end(segment.name(), segment.ownOutput(), segment.receivedOutput());
            before = segment;
        }
        addLoss(stages);
        return stages;
    }

    /** Both groups' maps in one array, from what this group has and what it received. */
    private void receive(PlanGraphs.Chain chain, GroupLayers.Segment before) {
        GraphBuilder builder = chain.graph(before.name(), Work.UPLOAD, List.of(before.receivedOutput()));
        kernels.copy(builder, before.name() + "_own", before.ownLength(), before.ownOutput(), 0, before.bothOutputs(), before.ownOffset());
        kernels.copy(builder, before.name() + "_received", before.peerLength(), before.receivedOutput(), 0, before.bothOutputs(), before.peerOffset());
    }

    private void addLoss(List<Stage> stages) {
        PlanGraphs.Chain chain = graphs.new Chain("loss", stages);
        receive(chain, layers.segments.getLast());
        GraphBuilder builder = chain.graph("loss", Work.FORWARD, List.of(layers.inputs.labels));
        kernels.softmaxCrossEntropy(builder, "softmax", layers.shapes.images(), layers.shapes.architecture().classes(),
                layers.segments.getLast().bothOutputs(), layers.inputs.labels, layers.probabilities, layers.losses);
        builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, layers.probabilities, layers.losses);
        chain.end(null, null, null);
    }

    /** From the losses back to the first layer, with the updates. */
    List<Stage> backward() {
        List<Stage> stages = new ArrayList<>();
        FloatArray gradient = layers.scratch;
        for (int s = layers.segments.size() - 1; s >= 0; s--) {
            GroupLayers.Segment segment = layers.segments.get(s);
            PlanGraphs.Chain chain = graphs.new Chain("backward_" + segment.name(), stages);
            BatchInputs inputs = layers.inputs;
            if (s == layers.segments.size() - 1) {
                GraphBuilder builder = chain.graph("loss", Work.BACKWARD, List.of(inputs.hyper, inputs.labels));
                int images = layers.shapes.images();
                kernels.softmaxCrossEntropyGradient(builder, "softmax", images, segment.ownOffset() / images,
                        segment.ownLength() / images, layers.probabilities, inputs.labels, inputs.hyper, gradient);
            } else {
                // What the own next segment leaves by the own maps, plus what the other group's leaves by them.
                FloatArray sum = other(gradient);
                GraphBuilder builder = chain.graph(segment.name(), Work.UPLOAD, List.of(segment.receivedGradient()));
                kernels.add(builder, segment.name() + "_sum", segment.ownLength(), gradient, segment.ownOffset(),
                        segment.receivedGradient(), sum);
                gradient = sum;
            }
            GroupLayers.Segment before = s == 0 ? null : layers.segments.get(s - 1);
            for (GroupLayer layer : segment.layers().reversed()) {
                FloatArray outputGradient = gradient;
                gradient = layer.inputGradient(chain.graph(layer.name(), Work.BACKWARD, layer.gradientInputs()), kernels,
                        outputGradient, other(outputGradient));
                if (before != null && layer == segment.layers().getFirst()) {
                    send(chain, before, gradient);
                    // The other group has its gradient and computes with it while this one does what nobody waits for.
                    chain = graphs.new Chain("update_" + layer.name(), stages);
                }
                layer.update(chain.graph(layer.name(), Work.BACKWARD, layer.updateInputs()), kernels, outputGradient);
            }
            if (before == null) {
                chain.end(null, null, null);
            } else {
                chain.end(before.name(), null, before.receivedGradient());
            }
        }
        return stages;
    }

    /** The gradient by the other group's maps, which it waits for. */
    private void send(PlanGraphs.Chain chain, GroupLayers.Segment before, FloatArray gradient) {
        GraphBuilder builder = chain.graph(before.name(), Work.DOWNLOAD, List.of());
        kernels.copy(builder, before.name() + "_send", before.peerLength(), gradient, before.peerOffset(), before.sentGradient(), 0);
        builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, before.sentGradient());
        chain.end(before.name(), before.sentGradient(), null);
    }

    private FloatArray other(FloatArray scratch) {
        return scratch == layers.scratch ? layers.otherScratch : layers.scratch;
    }
}
