package alexnet.tornado.jvm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** What a task graph consists of, with the host's arrays. */
public final class GraphDefinition {

    /**
     * A task.
     *
     * @param name      {@code graph.task}
     * @param method    the method as messages name it
     * @param arguments the arguments as the program gave them
     */
    record Task(String name, KernelReference method, Kernel kernel, Object[] arguments) {
    }

    /** An array that is taken over from the graph before; {@code graph} is this graph's own name where none was given. */
    record Consumed(String graph, TornadoNativeArray array) {
    }

    private final String name;
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Map<TornadoNativeArray, Integer> inputs = new IdentityHashMap<>();
    private final List<Consumed> consumed = new ArrayList<>();
    private final Set<TornadoNativeArray> consumedArrays = identitySet();
    private final Set<TornadoNativeArray> outputs = identitySet();
    private final Set<TornadoNativeArray> kept = identitySet();

    /** A graph without tasks. */
    public GraphDefinition(String name) {
        this.name = name;
    }

    private static Set<TornadoNativeArray> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** A copy that does not see later changes of this one; throws if the graph cannot be run. */
    public GraphDefinition snapshot() {
        if (tasks.isEmpty()) {
            throw new TornadoRuntimeException("task graph " + name + " has no tasks");
        }
        for (TornadoNativeArray array : outputs) {
            if (tasks.values().stream().noneMatch(task -> Arrays.asList(task.arguments()).contains(array))) {
                throw new TornadoRuntimeException("task graph " + name + " transfers a " + describe(array)
                        + " to the host, but none of its tasks uses it");
            }
        }
        GraphDefinition copy = new GraphDefinition(name);
        copy.tasks.putAll(tasks);
        copy.inputs.putAll(inputs);
        copy.consumed.addAll(consumed);
        copy.consumedArrays.addAll(consumedArrays);
        copy.outputs.addAll(outputs);
        copy.kept.addAll(kept);
        return copy;
    }

    /** The graph's name. */
    public String name() {
        return name;
    }

    /** Adds a task after the others and compiles its kernel. */
    public void addTask(String id, Object code, Object... arguments) {
        String task = name + "." + id;
        for (int i = 0; i < arguments.length; i++) {
            checkArgument(task, i + 1, arguments[i]);
        }
        KernelReference method = KernelReference.of(task, code);
        if (tasks.putIfAbsent(id, new Task(task, method, KernelCompiler.compile(method), arguments)) != null) {
            throw new TornadoTaskRuntimeException("task graph " + name + " has a task " + id + " already: give each its own id");
        }
    }

    private static void checkArgument(String task, int number, Object argument) {
        switch (argument) {
            case TornadoNativeArray _, KernelContext _, Number _, Boolean _, Character _ -> { }
            case null -> throw new TornadoTaskRuntimeException("task " + task + ": argument " + number + " is null");
            default -> throw new TornadoTaskRuntimeException("task " + task + ": argument " + number + " is a "
                    + argument.getClass().getName() + "; tornado-jvm passes FloatArray, IntArray, ByteArray, LongArray, "
                    + "DoubleArray, KernelContext and boxed primitives");
        }
    }

    /** Has arrays copied to the device. */
    public void transferToDevice(int mode, Object... objects) {
        checkMode("transferToDevice", mode);
        forEachArray(objects, array -> inputs.put(array, mode));
    }

    /** Takes over arrays from the graph before, which must have that name unless it is this graph's own. */
    public void consumeFromDevice(String graph, Object... objects) {
        forEachArray(objects, array -> {
            consumed.add(new Consumed(graph, array));
            consumedArrays.add(array);
        });
    }

    /** Has arrays copied to the host. */
    public void transferToHost(int mode, Object... objects) {
        checkMode("transferToHost", mode);
        if (mode == DataTransferMode.FIRST_EXECUTION) {
            throw new TornadoRuntimeException("task graph " + name + ": arrays go to the host at every execution or under demand");
        }
        forEachArray(objects, (mode == DataTransferMode.UNDER_DEMAND ? kept : outputs)::add);
    }

    /** Keeps arrays on the device for the graph that runs next, and for transfers to the host under demand. */
    public void persistOnDevice(Object... objects) {
        forEachArray(objects, kept::add);
    }

    private void checkMode(String method, int mode) {
        if (mode < DataTransferMode.FIRST_EXECUTION || mode > DataTransferMode.UNDER_DEMAND) {
            throw new TornadoRuntimeException("task graph " + name + ": " + method + " has no mode " + mode
                    + "; use a constant of DataTransferMode");
        }
    }

    private void forEachArray(Object[] objects, Consumer<TornadoNativeArray> action) {
        for (Object object : objects) {
            if (!(object instanceof TornadoNativeArray array)) {
                throw new TornadoRuntimeException("task graph " + name + ": "
                        + (object == null ? "null" : "a " + object.getClass().getName())
                        + " cannot be on a device; use FloatArray, IntArray, ByteArray, LongArray or DoubleArray");
            }
            action.accept(array);
        }
    }

    Collection<Task> tasks() {
        return tasks.values();
    }

    boolean hasTask(String fullName) {
        return tasks.values().stream().anyMatch(task -> task.name().equals(fullName));
    }

    /** The arrays that are copied to the device, with the mode that was given last. */
    Map<TornadoNativeArray, Integer> inputs() {
        return inputs;
    }

    List<Consumed> consumed() {
        return consumed;
    }

    /** The arrays that are copied to the host at every execution. */
    Set<TornadoNativeArray> outputs() {
        return outputs;
    }

    /** Whether the graph that runs next may consume the array: this one keeps it or has itself consumed it. */
    boolean holds(TornadoNativeArray array) {
        return kept.contains(array) || consumes(array);
    }

    boolean consumes(TornadoNativeArray array) {
        return consumedArrays.contains(array);
    }

    /** The array as messages name it: it has no name of its own, so by what it is to this graph. */
    String describe(TornadoNativeArray array) {
        String what = array.getClass().getSimpleName() + " of " + array.getSize() + " elements";
        for (Task task : tasks.values()) {
            for (int i = 0; i < task.arguments().length; i++) {
                if (task.arguments()[i] == array) {
                    return what + " (argument " + (i + 1) + " of task " + task.name() + ")";
                }
            }
        }
        return what + " (no argument of a task of " + name + ")";
    }
}
