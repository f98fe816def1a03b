package alexnet.core.group;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import alexnet.core.group.Chain.GraphStep;
import alexnet.core.group.Chain.HostStep;
import alexnet.core.group.Chain.Step;
import alexnet.core.group.PlanGraphs.Replacement;
import alexnet.core.profile.StepProfile;
import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.GraphBuilder;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The execution plan of the parts on one device.
 *
 * <pre>
 *   load      parameters, the optimizer's states and every other resident to the device, once
 *   forward   segment by segment, the maps that parts see are gathered behind each; then softmax and cross-entropy
 *   backward  in reverse order: gradients and updates; the gradients by other parts' maps are handed over between segments. Where there
 *             are other ranks, updates come last, when the gradients are those of all of them
 *   save      parameters that learn and states back to the host, when asked; likewise the logits and the maps of each layer
 *   replace   other values for the parameters, in the probed networks of gradient checks
 * </pre>
 *
 * <p>Not safe for use by two threads: the plan's own thread calls everything.
 */
final class DevicePlan implements AutoCloseable {

    private final int thread;
    private final PlacedGroups placed;
    private final List<GroupTasks> groups;
    private final List<Replacement> replacements;
    private final StepProfile profile;
    private final List<Integer> load;
    private final List<Step> forward;
    private final List<Step> backward;
    private final List<Integer> save;
    private final List<Integer> saveLogits;
    /** By the name of the layer. */
    private final Map<String, List<Integer>> saveMaps;
    private final List<Integer> replace;
    private final TornadoExecutionPlan plan;
    private final String where;
    private volatile Activity activity;

    /**
     * Builds the graphs; the parameters' host arrays must hold their start values before {@link #load}.
     *
     * @param thread which of the network's threads calls it, for the profile
     * @param probes what the plan can do beside training
     * @param reducer puts the gradients of all ranks together; null where they stay as they are
     */
    DevicePlan(int thread, PlacedGroups placed, TwoGroupNetwork.Placement placement, Probes probes, Reducer reducer) {
        this.thread = thread;
        this.placed = placed;
        profile = probes.profile();
        groups = placed.groups().stream().map(group -> new GroupTasks(group, placement.kernels(), reducer)).toList();
        replacements = !probes.replacing() ? List.of() : placed.parameters().stream()
                .map(parameter -> new Replacement(new FloatArray(parameter.values().getSize()), parameter.values())).toList();
        PlanGraphs graphs = new PlanGraphs(placed.residents(), placement.kernels(), placed.shared().workspace);
        load = graphs.load();
        forward = forward(new Chain("forward", graphs, profile != null));
        backward = backward(new Chain("backward", graphs, profile != null));
        save = graphs.save(saved(probes.observed()));
        saveLogits = graphs.save(List.of(placed.shared().logits));
        saveMaps = saveMaps(graphs);
        replace = graphs.replace(replacements);
        where = placed.shared().shapes.partition().name(placed.groups().stream().map(part -> part.shapes.part()).toList()) + " on " + placement.device().getPhysicalDevice().getDeviceName().strip();
        idle();
        plan = graphs.plan(placement.device());
    }

    private List<Step> forward(Chain chain) {
        SharedArrays shared = placed.shared();
        BatchInputs inputs = shared.inputs;
        GraphBuilder image = chain.part("image", Work.UPLOAD, List.of(inputs.pixels, inputs.crops.array(), inputs.noise));
        chain.kernels().prepareImages(image, "prepare", shared.shapes.image(), inputs.pixels, shared.mean, shared.deviation,
                inputs.crops.array(), inputs.noise, shared.image);
        for (int segment = 0; segment < placed.meetings().size(); segment++) {
            for (GroupTasks group : groups) {
                group.forward(chain, segment);
            }
            placed.meetings().get(segment).gather(chain);
        }
        GraphBuilder loss = chain.part("loss", Work.FORWARD, List.of(inputs.labels));
        chain.kernels().softmaxCrossEntropy(loss, "softmax", shared.shapes.images(), shared.shapes.architecture().classes(),
                shared.logits, inputs.labels, shared.probabilities, shared.losses);
        loss.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, shared.probabilities, shared.losses);
        return chain.steps();
    }

    private List<Step> backward(Chain chain) {
        groups.forEach(group -> group.lossGradient(chain));
        List<Segment> segments = placed.groups().getFirst().segments;
        for (int s = segments.size() - 1; s >= 0 && !segments.get(s).learning().isEmpty(); s--) {
            int segment = s;
            boolean further = segment > 0 && segments.get(segment - 1).getsGradients();
            groups.forEach(group -> group.backward(chain, segment));
            List<FloatArray> gradients = groups.stream().map(GroupTasks::gradient).toList();
            if (further) {
                placed.meetings().get(segment - 1).send(chain, gradients);
            }
            groups.forEach(group -> group.updateFirst(chain, segment));
            if (further) {
                placed.meetings().get(segment - 1).receive(chain, gradients, groups.stream().map(GroupTasks::swap).toList());
            }
        }
        for (String layer : placed.groups().getFirst().reductions.keySet()) {
            groups.forEach(group -> group.awaitRanks(chain, layer));
            groups.forEach(group -> group.updateReduced(chain, layer));
        }
        return chain.steps();
    }

    private List<Object> saved(List<String> observed) {
        Set<Object> saved = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Object> inOrder = new ArrayList<>();
        placed.parameters().stream().filter(Parameter::learns).forEach(parameter -> {
            inOrder.add(parameter.values());
            inOrder.addAll(parameter.states());
        });
        placed.groups().forEach(group -> observed.forEach(name -> inOrder.add(group.named(name))));
        inOrder.removeIf(array -> !saved.add(array));
        return inOrder;
    }

    private Map<String, List<Integer>> saveMaps(PlanGraphs graphs) {
        Map<String, List<Object>> maps = new LinkedHashMap<>();
        placed.groups().forEach(group -> group.layers().forEach(layer ->
                maps.computeIfAbsent(layer.name(), _ -> new ArrayList<>()).add(layer.output())));
        Map<String, List<Integer>> added = new LinkedHashMap<>();
        maps.forEach((layer, arrays) -> added.put(layer, graphs.save(arrays)));
        return added;
    }

    /** The parts and their arrays. */
    PlacedGroups placed() {
        return placed;
    }

    /** Copies every resident to the device. */
    void load() {
        executeAll("loading the parameters", load);
    }

    /** From the batch's images to probabilities and losses, on the host afterwards. */
    void forward() throws InterruptedException {
        run(forward);
    }

    /** From the losses back to the first layer; the parameters are updated on the way. */
    void backward() throws InterruptedException {
        run(backward);
    }

    /** Brings the parameters and the optimizer's states to their host arrays. */
    void save() {
        executeAll("saving the parameters", save);
    }

    /** Brings the last batch's logits to their host array. */
    void saveLogits() {
        executeAll("saving the logits", saveLogits);
    }

    /** Brings the last batch's maps of a layer to their host arrays. */
    void saveMaps(String layer) {
        executeAll("saving the maps of " + layer, saveMaps.get(layer));
    }

    /** Copies the parameters' host arrays to the device again. */
    void replace() {
        for (Replacement replacement : replacements) {
            MemorySegment.copy(replacement.target().getSegment(), 0, replacement.source().getSegment(), 0,
                    replacement.source().getSegment().byteSize());
        }
        executeAll("replacing the parameters", replace);
    }

    /** What it is doing now; may be asked by any thread. */
    Activity activity() {
        return activity;
    }

    private void begin(String what) {
        activity = new Activity(where, what, System.nanoTime());
    }

    private void idle() {
        begin(Activity.IDLE);
    }

    private void run(List<Step> steps) throws InterruptedException {
        long time = System.nanoTime();
        for (Step step : steps) {
            begin(step.what());
            switch (step) {
                case GraphStep graph -> execute(graph.graph());
                case HostStep host -> host.action().run();
            }
            if (profile != null) {
                time = profile.spent(thread, step.part(), time);
            }
        }
        idle();
    }

    private void executeAll(String what, List<Integer> all) {
        begin(what);
        all.forEach(this::execute);
        idle();
    }

    private void execute(int graph) {
        plan.withGraph(graph).execute();
    }

    @Override
    public void close() {
        begin("freeing the device's memory");
        try (plan) {
            plan.freeDeviceMemory();
        } catch (TornadoExecutionPlanException failed) {
            throw new IllegalStateException("the memory of a device could not be freed: " + failed.getMessage(), failed);
        }
    }
}
