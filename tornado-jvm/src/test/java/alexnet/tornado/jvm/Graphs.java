package alexnet.tornado.jvm;

import static uk.ac.manchester.tornado.api.enums.DataTransferMode.EVERY_EXECUTION;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What the tests share: the devices of this module's tests have {@link #THREADS} threads each. */
final class Graphs {

    static final int THREADS = 4;

    private Graphs() {
    }

    /** Runs the graph once on the default device. */
    static void run(TaskGraph graph) {
        new TornadoExecutionPlan(graph.snapshot()).execute();
    }

    /** Runs the graph, whose name must be {@code graph}, once with a grid for its task {@code task}. */
    static void run(TaskGraph graph, WorkerGrid grid) {
        new TornadoExecutionPlan(graph.snapshot()).withGridScheduler(new GridScheduler("graph.task", grid)).execute();
    }

    /** An array of {@code size} elements that are all {@code value}. */
    static FloatArray filled(int size, float value) {
        FloatArray array = new FloatArray(size);
        array.init(value);
        return array;
    }

    /** A graph named {@code graph} that transfers the array in both directions at every execution. */
    static TaskGraph exchanging(IntArray array) {
        return new TaskGraph("graph").transferToDevice(EVERY_EXECUTION, array).transferToHost(EVERY_EXECUTION, array);
    }


    /** As many times the value. */
    static int[] times(int size, int value) {
        int[] values = new int[size];
        Arrays.fill(values, value);
        return values;
    }
}
