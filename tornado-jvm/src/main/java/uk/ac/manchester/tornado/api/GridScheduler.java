package uk.ac.manchester.tornado.api;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The worker grids of an execution plan's KernelContext tasks, by full task name: {@code graph.task}. */
public class GridScheduler {

    private final Map<String, WorkerGrid> grids = new ConcurrentHashMap<>();

    /** A scheduler without grids. */
    public GridScheduler() {
    }

    /** A scheduler with one grid. */
    public GridScheduler(String taskName, WorkerGrid workerGrid) {
        grids.put(taskName, workerGrid);
    }

    /** Sets the grid of the task named {@code graph.task}. */
    public void addWorkerGrid(String taskName, WorkerGrid workerGrid) {
        grids.put(taskName, workerGrid);
    }

    /** The grid of the task named {@code graph.task}, or null. */
    public WorkerGrid get(String taskName) {
        return grids.get(taskName);
    }

    /** Whether the task of that graph has a grid. */
    public boolean contains(String taskGraphName, String taskName) {
        return grids.containsKey(taskGraphName + "." + taskName);
    }

    /** The full names of all tasks that have a grid. */
    public Set<String> keySet() {
        return grids.keySet();
    }

    @Override
    public String toString() {
        return grids.entrySet().stream()
                .map(entry -> entry.getKey() + ": global " + Arrays.toString(entry.getValue().getGlobalWork())
                        + ", local " + Arrays.toString(entry.getValue().getLocalWork()))
                .sorted().collect(Collectors.joining("; "));
    }
}
