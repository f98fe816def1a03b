package alexnet.tornado.jvm;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** One execution plan: the state of its graphs, which of them are selected, and which ran last. */
public final class PlanExecution {

    private final Function<WorkItem, KernelContext> contexts;
    private final List<GraphState> graphs;
    private final AtomicReference<Thread> user = new AtomicReference<>();
    private List<GraphState> selected;
    private GraphState last;
    private GridScheduler grids;

    /**
     * A plan on the default device with all graphs selected.
     *
     * @param contexts makes the context of a work-item
     */
    public PlanExecution(List<GraphDefinition> definitions, Function<WorkItem, KernelContext> contexts) {
        if (definitions.isEmpty()) {
            throw new TornadoRuntimeException("an execution plan needs at least one task graph");
        }
        if (definitions.stream().map(GraphDefinition::name).distinct().count() < definitions.size()) {
            throw new TornadoRuntimeException("the task graphs of a plan need different names: "
                    + definitions.stream().map(GraphDefinition::name).toList());
        }
        this.contexts = contexts;
        JvmDevice device = (JvmDevice) JvmRuntime.instance().getDefaultDevice();
        graphs = definitions.stream().map(definition -> new GraphState(definition, device)).toList();
        selected = graphs;
    }

    /** Runs the selected graphs in order and waits for their end. */
    public void execute() {
        exclusively(() -> {
            for (GraphState graph : selected) {
                graph.execute(last, grids, contexts);
            }
            last = selected.getLast();
        });
    }

    /** Selects the graph of that index. */
    public void selectGraph(int index) {
        if (index < 0 || index >= graphs.size()) {
            throw new TornadoRuntimeException("there is no task graph " + index + " in a plan of " + graphs.size());
        }
        selected = List.of(graphs.get(index));
    }

    /** Selects all graphs. */
    public void selectAllGraphs() {
        selected = graphs;
    }

    /** Moves the selected graphs to a device. */
    public void useDevice(TornadoDevice device) {
        if (!(device instanceof JvmDevice next)) {
            throw new TornadoRuntimeException(device + " is no device of this runtime");
        }
        exclusively(() -> selected.forEach(graph -> graph.use(next)));
    }

    /** The device of the selected graph of that index. */
    public TornadoDevice device(int index) {
        if (index < 0 || index >= selected.size()) {
            throw new TornadoRuntimeException("there is no task graph " + index + " among the " + selected.size() + " selected ones");
        }
        return selected.get(index).device();
    }

    /** Sets the grids of KernelContext tasks. */
    public void useGrids(GridScheduler scheduler) {
        if (scheduler.keySet().stream().noneMatch(task -> graphs.stream().anyMatch(graph -> graph.definition().hasTask(task)))) {
            throw new TornadoRuntimeException("the GridScheduler names no task of this plan: " + scheduler.keySet());
        }
        grids = scheduler;
    }

    /** Frees what the selected graphs have on their device. */
    public void freeSelected() {
        exclusively(() -> selected.forEach(GraphState::free));
    }

    /** Frees what all graphs have on their device. */
    public void freeAll() {
        exclusively(() -> graphs.forEach(GraphState::free));
    }

    /** Bytes that the selected graphs have on their device. */
    public long memoryUsage() {
        Set<TornadoNativeArray> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        selected.stream().map(graph -> graph.buffers().values()).forEach(distinct::addAll);
        return distinct.stream().mapToLong(TornadoNativeArray::getNumBytesOfSegment).sum();
    }

    /** Copies arrays of the selected graphs to the host. */
    public void transferToHost(Object... objects) {
        for (Object object : objects) {
            if (!(object instanceof TornadoNativeArray array)) {
                throw new TornadoRuntimeException("only arrays can be transferred to the host, not " + object);
            }
            transferToHost(array, 0, array.getSize());
        }
    }

    /** Copies a part of an array of the selected graphs to the host. */
    public void transferToHost(TornadoNativeArray array, long first, long elements) {
        exclusively(() -> {
            Collection<GraphState> holders = selected.stream().filter(graph -> graph.buffers().containsKey(array)).toList();
            if (holders.isEmpty()) {
                throw new TornadoRuntimeException("a " + selected.getFirst().definition().describe(array)
                        + " is not on the device: " + selected.stream().map(graph -> graph.definition().name()).toList()
                        + " selected, nothing of it there");
            }
            holders.forEach(graph -> graph.copyOut(array, first, elements));
        });
    }

    private void exclusively(Runnable action) {
        Thread other = user.compareAndExchange(null, Thread.currentThread());
        if (other != null) {
            throw new TornadoRuntimeException("this execution plan is in use by " + other.getName()
                    + ": a plan serves one thread at a time, give each thread its own");
        }
        try {
            action.run();
        } finally {
            user.set(null);
        }
    }
}
