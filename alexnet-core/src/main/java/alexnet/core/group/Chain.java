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
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One way through the network under construction, forward or back: task graphs and what the host does between them. Tasks go
 * into one graph until the host has something to do, the graph is cut or, where steps are profiled, another part begins.
 */
final class Chain {

    /** What is run in turn, and the part of a step that its time is booked to. */
    sealed interface Step {

        /** What it is for. */
        Part part();

        /** What is done, in words, as {@code forward, image to pool2}. */
        String what();
    }

    /** A graph of the plan, by its index. */
    record GraphStep(Part part, String what, int graph) implements Step {
    }

    /** Something that the host does. */
    record HostStep(Part part, String what, HostAction action) implements Step {
    }

    /** What the host does. */
    @FunctionalInterface
    interface HostAction {
        void run() throws InterruptedException;
    }

    /** TornadoVM has room for no more than 1024 nodes in a graph, about 60 tasks; the way back through such a layer has up to nine. */
    private static final int WEIGHTED_A_GRAPH = 6;

    private final String name;
    private final PlanGraphs graphs;
    private final boolean profiled;
    private final List<Step> steps = new ArrayList<>();
    private final Set<Object> uploaded = Collections.newSetFromMap(new IdentityHashMap<>());
    private Part part;
    /** With which the open graph began. */
    private Part first;
    /** Null where no graph is open. */
    private GraphBuilder open;
    /** Layers with weights in the open graph, on the way back. */
    private int weighted;

    Chain(String name, PlanGraphs graphs, boolean profiled) {
        this.name = name;
        this.graphs = graphs;
        this.profiled = profiled;
    }

    KernelFamily kernels() {
        return graphs.kernels();
    }

    /**
     * The graph that the part's tasks are added to.
     *
     * @param inputs what they read that comes from the host
     */
    GraphBuilder part(String partName, Work work, List<?> inputs) {
        Part next = new Part(partName, work);
        if (profiled && !next.equals(part)) {
            cut();
        }
        if (open == null) {
            open = graphs.begin(name + "_" + partName + "_" + work.name().toLowerCase(Locale.ROOT));
            uploaded.clear();
            first = next;
        }
        part = next;
        List<?> missing = inputs.stream().filter(uploaded::add).toList();
        if (!missing.isEmpty()) {
            open.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, missing.toArray());
        }
        return open;
    }

    /** Makes room for the way back through a layer with weights. */
    void weighted() {
        if (weighted == WEIGHTED_A_GRAPH) {
            cut();
        }
        weighted++;
    }

    /** Brings an array to the host. */
    void download(String partName, Object array) {
        GraphBuilder before = open;
        GraphBuilder graph = part(partName, Work.DOWNLOAD, List.of());
        if (graph != before) {
            graphs.keep(graph, List.of(array));
        }
        graph.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, array);
    }

    /** Brings arrays to the host that the tasks so far have not brought there, whether they use them or not; then the graph has to end. */
    void download(String partName, List<FloatArray> arrays) {
        GraphBuilder graph = part(partName, Work.DOWNLOAD, List.of());
        graphs.keep(graph, arrays);
        graph.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, arrays.toArray());
    }

    /** Ends the graph: what comes next is in another. */
    void cut() {
        if (open != null) {
            String what = name + ", " + first.name() + (first.name().equals(part.name()) ? "" : " to " + part.name());
            steps.add(new GraphStep(part, what, graphs.end(open)));
            open = null;
            weighted = 0;
        }
    }

    /** Lets the host do something when all of the tasks so far are done. */
    void onHost(String partName, Work work, HostAction action) {
        onHost(partName, work, work == Work.WAITING ? "waiting for another part's share of" : "handing over", action);
    }

    /** Lets the host wait for other ranks. */
    void awaitRanks(String partName, HostAction action) {
        onHost(partName, Work.WAITING, "waiting for the other ranks' share of", action);
    }

    private void onHost(String partName, Work work, String what, HostAction action) {
        cut();
        steps.add(new HostStep(new Part(partName, work), name + ", " + what + " " + partName, action));
    }

    /** All of it; nothing can be added afterwards. */
    List<Step> steps() {
        cut();
        return List.copyOf(steps);
    }
}
