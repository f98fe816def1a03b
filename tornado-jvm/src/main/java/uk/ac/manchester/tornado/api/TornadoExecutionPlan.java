package uk.ac.manchester.tornado.api;

import alexnet.tornado.jvm.GraphDefinition;
import alexnet.tornado.jvm.PlanExecution;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * Task graphs that share one device's memory, and how they are run. The {@code with...} methods change the plan itself and
 * return it. A plan belongs to one thread at a time; plans on different devices run side by side.
 */
public final class TornadoExecutionPlan implements AutoCloseable {

    private static final AtomicLong PLANS = new AtomicLong();

    private final PlanExecution execution;
    private final long id = PLANS.incrementAndGet();

    /** A plan of these graphs on the default device; all of them run in order unless {@link #withGraph} selects one. */
    public TornadoExecutionPlan(ImmutableTaskGraph... immutableTaskGraphs) {
        List<GraphDefinition> graphs = Stream.of(immutableTaskGraphs).map(ImmutableTaskGraph::definition).toList();
        execution = new PlanExecution(graphs, KernelContext::new);
    }

    /** The device of that index of the back end of that index. */
    public static TornadoDevice getDevice(int backendIndex, int deviceIndex) {
        return TornadoRuntimeProvider.getTornadoRuntime().getBackend(backendIndex).getDevice(deviceIndex);
    }

    /** How many plans this process has made. */
    public static int getTotalPlans() {
        return PLANS.intValue();
    }

    /** All back ends and devices. */
    public static TornadoDeviceMap getTornadoDeviceMap() {
        return new TornadoDeviceMap();
    }

    /** Runs the selected graphs and waits for their end. */
    public TornadoExecutionResult execute() {
        execution.execute();
        return new TornadoExecutionResult(execution);
    }

    /** Selects one graph, by the order in which the plan was given them, from 0. */
    public TornadoExecutionPlan withGraph(int graphIndex) {
        execution.selectGraph(graphIndex);
        return this;
    }

    /** Selects all graphs. */
    public TornadoExecutionPlan withAllGraphs() {
        execution.selectAllGraphs();
        return this;
    }

    /** Does nothing: kernels are compiled when their task is added to a graph, that is before there is a plan. */
    public TornadoExecutionPlan withPreCompilation() {
        return this;
    }

    /** Runs the selected graphs on that device from now on. */
    public TornadoExecutionPlan withDevice(TornadoDevice device) {
        execution.useDevice(device);
        return this;
    }

    /** The device of the selected graph of that index. */
    public TornadoDevice getDevice(int immutableTaskGraphIndex) {
        return execution.device(immutableTaskGraphIndex);
    }

    /** Frees the device memory of the selected graphs. */
    public TornadoExecutionPlan freeDeviceMemory() {
        execution.freeSelected();
        return this;
    }

    /** Sets the worker grids of the KernelContext tasks; at least one must belong to a task of this plan. */
    public TornadoExecutionPlan withGridScheduler(GridScheduler gridScheduler) {
        execution.useGrids(gridScheduler);
        return this;
    }

    /** Does nothing: tasks are called directly, so that there is nothing to record. */
    public TornadoExecutionPlan withCUDAGraph() {
        return this;
    }

    /** Does nothing: who chooses the size of work-groups that no grid names is a question of GPUs. */
    public TornadoExecutionPlan withDefaultScheduler() {
        return this;
    }

    /** The number of this plan among all plans of the process, from 1. */
    public long getId() {
        return id;
    }

    /** How many plans this process has made. */
    public long getGlobalExecutionPlansCounter() {
        return PLANS.get();
    }

    /** Frees all device memory of this plan. */
    @Override
    public void close() throws TornadoExecutionPlanException {
        execution.freeAll();
    }

    /** Bytes that the selected graphs hold on their device; an array that they share counts once. */
    public long getCurrentDeviceMemoryUsage() {
        return execution.memoryUsage();
    }
}
