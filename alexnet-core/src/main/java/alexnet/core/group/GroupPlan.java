package alexnet.core.group;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import alexnet.core.network.GroupShapes;
import alexnet.core.profile.StepProfile;
import alexnet.core.profile.StepProfile.Part;
import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The execution plan of one channel group on its device: a chain of stage graphs, cut where the groups meet.
 *
 * <pre>
 *   load ...            parameters, momenta and every other resident to the device, once
 *   forward segment     one graph a segment, then its maps are exchanged
 *   loss                softmax over both groups' logits and cross-entropy
 *   backward segment    in reverse order: gradients and updates; the gradient by the other group's maps is sent
 *   update layer        the update of the segment's first layer, then the gradient by the own maps is received
 *   save ...            parameters and momenta back to the host, when asked
 *   replace ...         other values for the parameters, in the probed networks of gradient checks
 * </pre>
 *
 * <p>Not safe for use by two threads: the group's own thread calls everything.
 */
final class GroupPlan implements AutoCloseable {

    /** TornadoVM keeps a graph's byte code in a small buffer, so graphs with a task for each array are cut. */
    private static final int ARRAYS_A_GRAPH = 32;

    /**
     * A graph of the plan and what the groups exchange after it.
     *
     * @param meeting  the layer whose maps or their gradients are exchanged; null where nothing is
     * @param outgoing sent to the other group after the graph; may be null
     * @param incoming received from it then; may be null
     */
    private record Stage(int graph, Part part, String meeting, FloatArray outgoing, FloatArray incoming) {
    }

    /** Adds a graph between exchanges or, where steps are profiled, one for each part on the way. */
    private final class Chain {

        private final String name;
        private final List<Stage> stages;
        private final Set<Object> uploaded = Collections.newSetFromMap(new IdentityHashMap<>());
        private Part part;
        private GraphBuilder builder;

        Chain(String name, List<Stage> stages) {
            this.name = name;
            this.stages = stages;
        }

        /**
         * The graph that the part's tasks are added to.
         *
         * @param inputs what they read that changes with every batch
         */
        GraphBuilder part(String partName, Work work, List<?> inputs) {
            Part next = new Part(partName, work);
            if (builder == null) {
                builder = begin(name);
            } else if (profile != null && !next.equals(part)) {
                end(null, null, null);
                builder = begin(name + "_" + partName + "_" + work.name().toLowerCase(Locale.ROOT));
                uploaded.clear();
            }
            part = next;
            List<?> missing = inputs.stream().filter(uploaded::add).toList();
            if (!missing.isEmpty()) {
                upload(builder, missing.toArray());
            }
            return builder;
        }

        /** Ends the graph: after it, {@code outgoing} is sent and {@code incoming} received, unless they are null. */
        void end(String meeting, FloatArray outgoing, FloatArray incoming) {
            stages.add(new Stage(finish(builder), part, meeting, outgoing, incoming));
        }
    }

    private final GroupLayers layers;
    private final KernelFamily kernels;
    private final GridScheduler grid = new GridScheduler();
    private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
    private final List<Integer> load = new ArrayList<>();
    private final List<Stage> forward = new ArrayList<>();
    private final List<Stage> backward = new ArrayList<>();
    private final List<Integer> save;
    private final List<Integer> replace;
    private final List<FloatArray> replacements = new ArrayList<>();
    /** Null where steps are not profiled. */
    private final StepProfile profile;
    private final TornadoExecutionPlan plan;

    /**
     * Builds the graphs; the parameters' host arrays must hold their start values before {@link #load}.
     *
     * @param probes what the plan can do beside training
     */
    GroupPlan(GroupShapes shapes, BatchInputs inputs, KernelFamily kernels, TornadoDevice device, Probes probes) {
        this.layers = GroupLayers.allocate(shapes, inputs);
        this.kernels = kernels;
        this.profile = probes.profile();
        addLoadGraphs();
        addForwardGraphs();
        addBackwardGraphs();
        save = addSaveGraphs(probes.observed());
        replace = probes.replacing() ? addReplaceGraphs() : List.of();
        plan = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
        plan.withDevice(device);
        if (!grid.keySet().isEmpty()) {
            plan.withGridScheduler(grid);
        }
    }

    /** The layers and their arrays. */
    GroupLayers layers() {
        return layers;
    }

    /** Copies every resident to the device. */
    void load() {
        load.forEach(this::execute);
    }

    /** From the batch's images to probabilities and losses, on the host afterwards. */
    void forward(Exchange exchange) throws InterruptedException {
        run(forward, exchange);
    }

    /** From the losses back to the first layer; the parameters are updated on the way. */
    void backward(Exchange exchange) throws InterruptedException {
        run(backward, exchange);
    }

    /** Brings the parameters and momenta to their host arrays. */
    void save() {
        save.forEach(this::execute);
    }

    /** Copies the parameters' host arrays to the device again. */
    void replace() {
        List<Parameter> parameters = layers.parameters();
        for (int i = 0; i < replacements.size(); i++) {
            MemorySegment.copy(parameters.get(i).values().getSegment(), 0, replacements.get(i).getSegment(), 0,
                    replacements.get(i).getSegment().byteSize());
        }
        replace.forEach(this::execute);
    }

    @Override
    public void close() {
        try {
            plan.freeDeviceMemory();
            plan.close();
        } catch (TornadoExecutionPlanException failed) {
            throw new IllegalStateException("the device memory of group " + layers.shapes.group() + " could not be freed: "
                    + failed.getMessage(), failed);
        }
    }

    private void execute(int graph) {
        plan.withGraph(graph).execute();
    }

    private void run(List<Stage> stages, Exchange exchange) throws InterruptedException {
        int group = layers.shapes.group();
        long time = System.nanoTime();
        for (Stage stage : stages) {
            execute(stage.graph);
            time = spent(stage.part, time);
            if (stage.outgoing != null) {
                exchange.send(group, stage.outgoing);
                time = spent(new Part(stage.meeting, Work.EXCHANGE), time);
            }
            if (stage.incoming != null) {
                exchange.await(group);
                time = spent(new Part(stage.meeting, Work.WAITING), time);
                exchange.receive(group, stage.incoming);
                time = spent(new Part(stage.meeting, Work.EXCHANGE), time);
            }
        }
    }

    /** Books the time since then, where steps are profiled; returns the time now. */
    private long spent(Part part, long since) {
        return profile == null ? since : profile.spent(layers.shapes.group(), part, since);
    }

    private void addLoadGraphs() {
        List<Object> residents = layers.arrays.all();
        for (int from = 0; from < residents.size(); from += ARRAYS_A_GRAPH) {
            GraphBuilder builder = new GraphBuilder("load" + from, grid);
            List<Object> loaded = residents.subList(0, from);
            List<Object> part = residents.subList(from, Math.min(residents.size(), from + ARRAYS_A_GRAPH));
            if (!loaded.isEmpty()) {
                builder.graph().consumeFromDevice(loaded.toArray());
            }
            builder.graph().transferToDevice(DataTransferMode.FIRST_EXECUTION, part.toArray());
            keep(builder, part);
            builder.graph().persistOnDevice(residents.subList(0, from + part.size()).toArray());
            load.add(add(builder));
        }
    }

    private List<Integer> addSaveGraphs(List<String> observed) {
        List<Object> saved = new ArrayList<>();
        layers.parameters().forEach(parameter -> saved.addAll(List.of(parameter.values(), parameter.momentum())));
        observed.forEach(name -> saved.add(layers.arrays.named(name)));
        List<Integer> added = new ArrayList<>();
        for (int from = 0; from < saved.size(); from += ARRAYS_A_GRAPH) {
            List<Object> part = saved.subList(from, Math.min(saved.size(), from + ARRAYS_A_GRAPH));
            GraphBuilder builder = begin("save" + from);
            keep(builder, part);
            builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, part.toArray());
            added.add(finish(builder));
        }
        return added;
    }

    /** TornadoVM loads a resident once and for all, so new values come in an array of their own and are copied over. */
    private List<Integer> addReplaceGraphs() {
        List<Parameter> parameters = layers.parameters();
        List<Integer> added = new ArrayList<>();
        for (int from = 0; from < parameters.size(); from += ARRAYS_A_GRAPH) {
            GraphBuilder builder = begin("replace" + from);
            for (Parameter parameter : parameters.subList(from, Math.min(parameters.size(), from + ARRAYS_A_GRAPH))) {
                int length = parameter.values().getSize();
                FloatArray replacement = new FloatArray(length);
                replacements.add(replacement);
                upload(builder, replacement);
                kernels.copy(builder, parameter.name().replace('.', '_'), length, replacement, 0, parameter.values(), 0);
            }
            added.add(finish(builder));
        }
        return added;
    }

    /** TornadoVM transfers only what a task of the graph uses, so a graph that only moves arrays uses each of them. */
    private void keep(GraphBuilder builder, List<?> arrays) {
        for (int i = 0; i < arrays.size(); i++) {
            kernels.keep(builder, "keep" + i, arrays.get(i));
        }
    }

    private void addForwardGraphs() {
        GroupLayers.Segment before = null;
        for (GroupLayers.Segment segment : layers.segments) {
            Chain graphs = new Chain("forward_" + segment.name(), forward);
            BatchInputs inputs = layers.inputs;
            if (before == null) {
                GraphBuilder builder = graphs.part("image", Work.UPLOAD, List.of(inputs.pixels, inputs.crops.array(), inputs.noise));
                kernels.prepareImages(builder, "prepare", layers.shapes.image(), inputs.pixels, layers.mean, inputs.crops.array(),
                        inputs.noise, layers.image);
            } else {
                receive(graphs, before);
            }
            for (GroupLayer layer : segment.layers()) {
                layer.forward(graphs.part(layer.name(), Work.FORWARD, layer.forwardInputs()), kernels);
            }
            GraphBuilder builder = graphs.part(segment.name(), Work.DOWNLOAD, List.of());
            if (profile != null) {
                keep(builder, List.of(segment.ownOutput()));
            }
            builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, segment.ownOutput());
            graphs.end(segment.name(), segment.ownOutput(), segment.receivedOutput());
            before = segment;
        }
        addLossGraph();
    }

    /** Both groups' maps in one array, from what this group has and what it received. */
    private void receive(Chain graphs, GroupLayers.Segment before) {
        GraphBuilder builder = graphs.part(before.name(), Work.UPLOAD, List.of(before.receivedOutput()));
        kernels.copy(builder, before.name() + "_own", before.ownLength(), before.ownOutput(), 0, before.bothOutputs(), before.ownOffset());
        kernels.copy(builder, before.name() + "_received", before.peerLength(), before.receivedOutput(), 0, before.bothOutputs(), before.peerOffset());
    }

    private void addLossGraph() {
        Chain graphs = new Chain("loss", forward);
        receive(graphs, layers.segments.getLast());
        GraphBuilder builder = graphs.part("loss", Work.FORWARD, List.of(layers.inputs.labels));
        kernels.softmaxCrossEntropy(builder, "softmax", layers.shapes.images(), layers.shapes.architecture().classes(),
                layers.segments.getLast().bothOutputs(), layers.inputs.labels, layers.probabilities, layers.losses);
        builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, layers.probabilities, layers.losses);
        graphs.end(null, null, null);
    }

    private void addBackwardGraphs() {
        FloatArray gradient = layers.scratch;
        for (int s = layers.segments.size() - 1; s >= 0; s--) {
            GroupLayers.Segment segment = layers.segments.get(s);
            Chain graphs = new Chain("backward_" + segment.name(), backward);
            BatchInputs inputs = layers.inputs;
            if (s == layers.segments.size() - 1) {
                GraphBuilder builder = graphs.part("loss", Work.BACKWARD, List.of(inputs.hyper, inputs.labels));
                int images = layers.shapes.images();
                kernels.softmaxCrossEntropyGradient(builder, "softmax", images, segment.ownOffset() / images,
                        segment.ownLength() / images, layers.probabilities, inputs.labels, inputs.hyper, gradient);
            } else {
                // What the own next segment leaves by the own maps, plus what the other group's leaves by them.
                FloatArray sum = other(gradient);
                GraphBuilder builder = graphs.part(segment.name(), Work.UPLOAD, List.of(segment.receivedGradient()));
                kernels.add(builder, segment.name() + "_sum", segment.ownLength(), gradient, segment.ownOffset(),
                        segment.receivedGradient(), sum);
                gradient = sum;
            }
            GroupLayers.Segment before = s == 0 ? null : layers.segments.get(s - 1);
            for (GroupLayer layer : segment.layers().reversed()) {
                FloatArray outputGradient = gradient;
                gradient = layer.inputGradient(graphs.part(layer.name(), Work.BACKWARD, layer.gradientInputs()), kernels,
                        outputGradient, other(outputGradient));
                if (before != null && layer == segment.layers().getFirst()) {
                    send(graphs, before, gradient);
                    // The other group has its gradient and computes with it while this one does what nobody waits for.
                    graphs = new Chain("update_" + layer.name(), backward);
                }
                layer.update(graphs.part(layer.name(), Work.BACKWARD, layer.updateInputs()), kernels, outputGradient);
            }
            if (before == null) {
                graphs.end(null, null, null);
            } else {
                graphs.end(before.name(), null, before.receivedGradient());
            }
        }
    }

    /** The gradient by the other group's maps, which it waits for. */
    private void send(Chain graphs, GroupLayers.Segment before, FloatArray gradient) {
        GraphBuilder builder = graphs.part(before.name(), Work.DOWNLOAD, List.of());
        kernels.copy(builder, before.name() + "_send", before.peerLength(), gradient, before.peerOffset(), before.sentGradient(), 0);
        builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, before.sentGradient());
        graphs.end(before.name(), before.sentGradient(), null);
    }

    private static void upload(GraphBuilder builder, Object... arrays) {
        builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays);
    }

    private FloatArray other(FloatArray scratch) {
        return scratch == layers.scratch ? layers.otherScratch : layers.scratch;
    }

    private GraphBuilder begin(String name) {
        GraphBuilder builder = new GraphBuilder(name, grid);
        builder.graph().consumeFromDevice(layers.arrays.all().toArray());
        return builder;
    }

    private int finish(GraphBuilder builder) {
        builder.graph().persistOnDevice(layers.arrays.all().toArray());
        return add(builder);
    }

    private int add(GraphBuilder builder) {
        graphs.add(builder.graph().snapshot());
        return graphs.size() - 1;
    }
}
