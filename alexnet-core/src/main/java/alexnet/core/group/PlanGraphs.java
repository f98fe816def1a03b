package alexnet.core.group;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import alexnet.core.profile.StepProfile.Part;
import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The task graphs of one group, in the order in which they are made; every graph takes over all residents and hands them on. */
final class PlanGraphs {

    /** TornadoVM keeps a graph's byte code in a small buffer, so graphs with a task for each array are cut. */
    private static final int ARRAYS_A_GRAPH = 32;

    private final DeviceArrays residents;
    private final KernelFamily kernels;
    private final boolean profiled;
    private final GridScheduler grid = new GridScheduler();
    private final List<ImmutableTaskGraph> graphs = new ArrayList<>();

    /**
     * None yet.
     *
     * @param profiled whether each part of a step gets a graph of its own
     */
    PlanGraphs(DeviceArrays residents, KernelFamily kernels, boolean profiled) {
        this.residents = residents;
        this.kernels = kernels;
        this.profiled = profiled;
    }

    /** All graphs. */
    ImmutableTaskGraph[] all() {
        return graphs.toArray(ImmutableTaskGraph[]::new);
    }

    /** The grids of their tasks. */
    GridScheduler grid() {
        return grid;
    }

    /** Whether each part of a step gets a graph of its own. */
    boolean profiled() {
        return profiled;
    }

    /** The graphs that bring every resident to the device; the places of them. */
    List<Integer> load() {
        List<Integer> added = new ArrayList<>();
        List<Object> all = residents.all();
        for (int from = 0; from < all.size(); from += ARRAYS_A_GRAPH) {
            GraphBuilder builder = new GraphBuilder("load" + from, grid);
            List<Object> loaded = all.subList(0, from);
            List<Object> next = all.subList(from, Math.min(all.size(), from + ARRAYS_A_GRAPH));
            if (!loaded.isEmpty()) {
                builder.graph().consumeFromDevice(loaded.toArray());
            }
            builder.graph().transferToDevice(DataTransferMode.FIRST_EXECUTION, next.toArray());
            keep(builder, next);
            builder.graph().persistOnDevice(all.subList(0, from + next.size()).toArray());
            added.add(add(builder));
        }
        return added;
    }

    /** The graphs that bring these residents to their host arrays. */
    List<Integer> save(List<Object> saved) {
        List<Integer> added = new ArrayList<>();
        for (int from = 0; from < saved.size(); from += ARRAYS_A_GRAPH) {
            List<Object> next = saved.subList(from, Math.min(saved.size(), from + ARRAYS_A_GRAPH));
            GraphBuilder builder = begin("save" + from);
            keep(builder, next);
            builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, next.toArray());
            added.add(finish(builder));
        }
        return added;
    }

    /** The graphs that copy each parameter's replacement over it: TornadoVM loads a resident itself once and for all. */
    List<Integer> replace(List<Parameter> parameters, List<FloatArray> replacements) {
        List<Integer> added = new ArrayList<>();
        for (int from = 0; from < parameters.size(); from += ARRAYS_A_GRAPH) {
            GraphBuilder builder = begin("replace" + from);
            for (int i = from; i < Math.min(parameters.size(), from + ARRAYS_A_GRAPH); i++) {
                Parameter parameter = parameters.get(i);
                upload(builder, replacements.get(i));
                kernels.copy(builder, parameter.name().replace('.', '_'), parameter.values().getSize(), replacements.get(i), 0,
                        parameter.values(), 0);
            }
            added.add(finish(builder));
        }
        return added;
    }

    /** TornadoVM transfers only what a task of the graph uses, so a graph that only moves arrays uses each of them. */
    void keep(GraphBuilder builder, List<?> arrays) {
        for (int i = 0; i < arrays.size(); i++) {
            kernels.keep(builder, "keep" + i, arrays.get(i));
        }
    }

    private static void upload(GraphBuilder builder, Object... arrays) {
        builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays);
    }

    private GraphBuilder begin(String name) {
        GraphBuilder builder = new GraphBuilder(name, grid);
        builder.graph().consumeFromDevice(residents.all().toArray());
        return builder;
    }

    private int finish(GraphBuilder builder) {
        builder.graph().persistOnDevice(residents.all().toArray());
        return add(builder);
    }

    private int add(GraphBuilder builder) {
        graphs.add(builder.graph().snapshot());
        return graphs.size() - 1;
    }

    /** Adds a graph between exchanges or, where steps are profiled, one for each part on the way. */
    final class Chain {

        private final String name;
        private final List<Stage> stages;
        private final Set<Object> uploaded = Collections.newSetFromMap(new IdentityHashMap<>());
        private Part part;
        private GraphBuilder builder;

        /** Its graphs go by {@code name}, and are added to {@code stages}. */
        Chain(String name, List<Stage> stages) {
            this.name = name;
            this.stages = stages;
        }

        /**
         * The graph that the part's tasks are added to.
         *
         * @param inputs what they read that changes with every batch
         */
        GraphBuilder graph(String partName, Work work, List<?> inputs) {
            Part next = new Part(partName, work);
            if (builder == null) {
                builder = begin(name);
            } else if (profiled && !next.equals(part)) {
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
}
