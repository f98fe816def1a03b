package alexnet.kernels;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;

/**
 * A task graph under construction, with the work-group sizes that its KernelContext tasks ask for.
 *
 * @param name  the graph's name, the first half of a task's name in the scheduler ({@code graph.task})
 * @param graph the graph that tasks are added to
 * @param grid  the scheduler of the whole execution plan
 */
public record GraphBuilder(String name, TaskGraph graph, GridScheduler grid) {

    /** A builder of a new, empty graph. */
    public GraphBuilder(String name, GridScheduler grid) {
        this(name, new TaskGraph(name), grid);
    }
}
