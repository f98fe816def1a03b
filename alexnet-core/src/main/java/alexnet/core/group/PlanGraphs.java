package alexnet.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import alexnet.kernels.ExecutionPlans;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The task graphs of one execution plan. Each takes all residents over from the graph that ran before, whichever that was, and
 * leaves them to the next.
 */
final class PlanGraphs {

    /** TornadoVM keeps a graph's byte code in a small buffer, so graphs with a task for each array are cut. */
    private static final int ARRAYS_A_GRAPH = 32;

    private final List<Object> residents;
    private final KernelFamily kernels;
    private final FloatArray workspace;
    private final GridScheduler grid = new GridScheduler();
    private final List<ImmutableTaskGraph> graphs = new ArrayList<>();

    /**
     * No graphs yet.
     *
     * @param workspace of the residents the one that operations work in, or null
     */
    PlanGraphs(List<Object> residents, KernelFamily kernels, FloatArray workspace) {
        this.residents = residents;
        this.kernels = kernels;
        this.workspace = workspace;
    }

    KernelFamily kernels() {
        return kernels;
    }

    /** A new graph, of a name that need not be unique. */
    GraphBuilder begin(String name) {
        GraphBuilder builder = new GraphBuilder(name + "_" + graphs.size(), grid, workspace);
        builder.graph().consumeFromDevice(residents.toArray());
        return builder;
    }

    /** Adds it to the plan; returns its index there. */
    int end(GraphBuilder builder) {
        return end(builder, residents);
    }

    private int end(GraphBuilder builder, List<Object> persisted) {
        builder.graph().persistOnDevice(persisted.toArray());
        graphs.add(builder.graph().snapshot());
        return graphs.size() - 1;
    }

    /** TornadoVM transfers only what a task of the graph uses, so a graph that only moves arrays uses each of them. */
    void keep(GraphBuilder builder, List<?> arrays) {
        kernels.keep(builder, "keep", arrays);
    }

    /** Graphs that copy every resident to the device. The first of the plan. */
    List<Integer> load() {
        List<Integer> added = new ArrayList<>();
        for (int from = 0; from < residents.size(); from += ARRAYS_A_GRAPH) {
            int to = Math.min(residents.size(), from + ARRAYS_A_GRAPH);
            GraphBuilder builder = new GraphBuilder("load" + from, grid);
            if (from > 0) {
                builder.graph().consumeFromDevice(residents.subList(0, from).toArray());
            }
            builder.graph().transferToDevice(DataTransferMode.FIRST_EXECUTION, residents.subList(from, to).toArray());
            keep(builder, residents.subList(from, to));
            added.add(end(builder, residents.subList(0, to)));
        }
        return added;
    }

    /** Graphs that bring arrays to the host. */
    List<Integer> save(List<Object> arrays) {
        return inGraphs("save", arrays, (builder, part) -> {
            keep(builder, part);
            builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, part.toArray());
        });
    }

    /** Graphs that copy what is on the host in {@code replacement} over the array that stays on the device. */
    List<Integer> replace(List<Replacement> replacements) {
        return inGraphs("replace", replacements, (builder, part) -> {
            for (int i = 0; i < part.size(); i++) {
                FloatArray source = part.get(i).source();
                builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, source);
                kernels.copy(builder, "replace" + i, source.getSize(), source, 0, part.get(i).target(), 0);
            }
        });
    }

    /** TornadoVM loads a resident once and for all, so other values come in an array of their own and are copied over. */
    record Replacement(FloatArray source, FloatArray target) {
    }

    private <T> List<Integer> inGraphs(String name, List<T> all, BiConsumer<GraphBuilder, List<T>> tasks) {
        List<Integer> added = new ArrayList<>();
        for (int from = 0; from < all.size(); from += ARRAYS_A_GRAPH) {
            GraphBuilder builder = begin(name);
            tasks.accept(builder, all.subList(from, Math.min(all.size(), from + ARRAYS_A_GRAPH)));
            added.add(end(builder));
        }
        return added;
    }

    /**
     * The plan of all of them. The CUDA back end records each graph when it runs first, copies included, and from then on starts it as a
     * whole: a step has more than a hundred small tasks, which it would else start one by one.
     */
    TornadoExecutionPlan plan(TornadoDevice device) {
        TornadoExecutionPlan plan = ExecutionPlans.on(device, grid, graphs.toArray(ImmutableTaskGraph[]::new));
        if (device.getTornadoVMBackend() == TornadoVMBackendType.CUDA) {
            plan.withCUDAGraph();
        }
        return plan;
    }
}
