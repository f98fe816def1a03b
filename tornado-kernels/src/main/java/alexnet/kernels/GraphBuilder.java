package alexnet.kernels;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A task graph under construction, with the work-group sizes that its KernelContext tasks ask for, and memory to work in.
 *
 * @param name  the graph's name, the first half of a task's name in the scheduler ({@code graph.task})
 * @param graph the graph that tasks are added to
 * @param grid  the scheduler of the whole execution plan
 * @param memory what {@link #workspace} hands out; null where no operation of the graph needs any
 */
public record GraphBuilder(String name, TaskGraph graph, GridScheduler grid, FloatArray memory) {

    /** A builder of a new, empty graph whose operations need no workspace. */
    public GraphBuilder(String name, GridScheduler grid) {
        this(name, grid, null);
    }

    /** A builder of a new, empty graph. */
    public GraphBuilder(String name, GridScheduler grid, FloatArray memory) {
        this(name, new TaskGraph(name), grid, memory);
    }

    /**
     * Memory for one operation's tasks to hand on what they have prepared; all operations of the plan use the same, so that between
     * two of them anything may be in it.
     *
     * @param length how much is needed, as the operation's {@link Algorithm#workspaceLength} said
     */
    public FloatArray workspace(int length) {
        if (memory == null || memory.getSize() < length) {
            throw new IllegalStateException("graph " + name + " has a workspace of " + (memory == null ? 0 : memory.getSize())
                    + " numbers, and an operation that needs " + length);
        }
        return memory;
    }
}
