package alexnet.core.group;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

import alexnet.core.network.GroupShapes;
import alexnet.core.profile.StepProfile;
import alexnet.core.profile.StepProfile.Part;
import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The execution plan of one channel group on its device: a chain of stage graphs, cut where the groups meet.
 *
 * <pre>
 *   load ...            parameters, momenta and every other resident to the device, once
 *   forward, backward   see {@link StepGraphs}
 *   save ...            parameters and momenta back to the host, when asked
 *   replace ...         other values for the parameters, in the probed networks of gradient checks
 * </pre>
 *
 * <p>Not safe for use by two threads: the group's own thread calls everything.
 */
final class GroupPlan implements AutoCloseable {

    private final GroupLayers layers;
    private final List<Integer> loading;
    private final List<Stage> forward;
    private final List<Stage> backward;
    private final List<Integer> saving;
    private final List<Integer> replacing;
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
        layers = GroupLayers.allocate(shapes, inputs);
        profile = probes.profile();
        PlanGraphs graphs = new PlanGraphs(layers.arrays, kernels, profile != null);
        loading = graphs.load();
        StepGraphs step = new StepGraphs(layers, kernels, graphs);
        forward = step.forward();
        backward = step.backward();
        saving = graphs.save(saved(probes.observed()));
        if (probes.replacing()) {
            layers.parameters().forEach(parameter -> replacements.add(new FloatArray(parameter.values().getSize())));
        }
        replacing = probes.replacing() ? graphs.replace(layers.parameters(), replacements) : List.of();
        plan = new TornadoExecutionPlan(graphs.all());
        try {
            plan.withDevice(device);
            if (!graphs.grid().keySet().isEmpty()) {
                plan.withGridScheduler(graphs.grid());
            }
        } catch (RuntimeException | Error failed) {
            try {
                close();
            } catch (RuntimeException another) {
                failed.addSuppressed(another);
            }
            throw failed;
        }
    }

    private List<Object> saved(List<String> observed) {
        List<Object> saved = new ArrayList<>();
        layers.parameters().forEach(parameter -> saved.addAll(List.of(parameter.values(), parameter.momentum())));
        observed.forEach(name -> saved.add(layers.arrays.named(name)));
        return saved;
    }

    /** The layers and their arrays. */
    GroupLayers layers() {
        return layers;
    }

    /** Copies every resident to the device. */
    void load() {
        loading.forEach(this::execute);
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
        saving.forEach(this::execute);
    }

    /** Copies the parameters' host arrays to the device again. */
    void replace() {
        List<Parameter> parameters = layers.parameters();
        for (int i = 0; i < replacements.size(); i++) {
            MemorySegment.copy(parameters.get(i).values().getSegment(), 0, replacements.get(i).getSegment(), 0,
                    replacements.get(i).getSegment().byteSize());
        }
        replacing.forEach(this::execute);
    }

    @Override
    public void close() {
        try (plan) {
            plan.freeDeviceMemory();
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
            execute(stage.graph());
            time = spent(stage.part(), time);
            if (stage.outgoing() != null) {
                exchange.send(group, stage.outgoing());
                time = spent(new Part(stage.meeting(), Work.EXCHANGE), time);
            }
            if (stage.incoming() != null) {
                exchange.await(group);
                time = spent(new Part(stage.meeting(), Work.WAITING), time);
                exchange.receive(group, stage.incoming());
                time = spent(new Part(stage.meeting(), Work.EXCHANGE), time);
            }
        }
    }

    /** Books the time since then, where steps are profiled; returns the time now. */
    private long spent(Part part, long since) {
        return profile == null ? since : profile.spent(layers.shapes.group(), part, since);
    }
}
