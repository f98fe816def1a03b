package alexnet.tornado.jvm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** What a task graph consists of. */
public final class GraphDefinition {

    /** A task: its id, the code as it was given, and the arguments with the host's arrays. */
    record Task(String id, Object code, Object[] arguments) {
    }

    /** An array that another graph leaves on the device. */
    record Consumed(String graph, TornadoNativeArray array) {
    }

    private final String name;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Map<TornadoNativeArray, Integer> inputs = new IdentityHashMap<>();
    private final List<Consumed> consumed = new ArrayList<>();
    private final Map<TornadoNativeArray, Integer> outputs = new IdentityHashMap<>();

    /** A graph without tasks. */
    public GraphDefinition(String name) {
        this.name = name;
    }

    /** A copy that does not see later changes of this one. */
    public GraphDefinition copy() {
        GraphDefinition copy = new GraphDefinition(name);
        copy.tasks.putAll(tasks);
        copy.inputs.putAll(inputs);
        copy.consumed.addAll(consumed);
        copy.outputs.putAll(outputs);
        return copy;
    }

    /** The graph's name. */
    public String name() {
        return name;
    }

    /** Adds a task after the others. */
    public void addTask(String id, Object code, Object... arguments) {
        if (tasks.putIfAbsent(id, new Task(id, code, arguments)) != null) {
            throw new TornadoTaskRuntimeException("task graph " + name + " has a task " + id + " already: give each task its own id");
        }
    }

    /** Has arrays copied to the device. */
    public void transferToDevice(int mode, Object... objects) {
        if (mode == DataTransferMode.UNDER_DEMAND) {
            throw new TornadoRuntimeException("task graph " + name + ": arrays cannot go to the device under demand");
        }
        for (Object object : objects) {
            inputs.put(array(object), mode);
        }
    }

    /** Uses arrays that the graph left on the device. */
    public void consumeFromDevice(String graph, Object... objects) {
        for (Object object : objects) {
            consumed.add(new Consumed(graph, array(object)));
        }
    }

    /** Has arrays copied to the host. */
    public void transferToHost(int mode, Object... objects) {
        for (Object object : objects) {
            outputs.put(array(object), mode);
        }
    }

    /** Leaves arrays on the device. */
    public void persistOnDevice(Object... objects) {
        transferToHost(DataTransferMode.UNDER_DEMAND, objects);
    }

    private TornadoNativeArray array(Object object) {
        if (object instanceof TornadoNativeArray array) {
            return array;
        }
        throw new TornadoRuntimeException("task graph " + name + ": tornado-jvm transfers FloatArray, IntArray, ByteArray, LongArray and DoubleArray, not "
                + (object == null ? "null" : object.getClass().getName()));
    }

    Iterable<Task> tasks() {
        return tasks.values();
    }

    Map<TornadoNativeArray, Integer> inputs() {
        return inputs;
    }

    List<Consumed> consumed() {
        return consumed;
    }

    Map<TornadoNativeArray, Integer> outputs() {
        return outputs;
    }

    Set<TornadoNativeArray> arrays() {
        Set<TornadoNativeArray> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Task task : tasks.values()) {
            for (Object argument : task.arguments()) {
                if (argument instanceof TornadoNativeArray array) {
                    all.add(array);
                }
            }
        }
        return all;
    }
}
