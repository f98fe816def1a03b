package alexnet.tornado.jvm;

import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * One graph of one plan: its device, and its arrays there. They are allocated, and those of FIRST_EXECUTION and in no list
 * copied, when the graph first runs, and kept until {@link #free}; consumed ones are the very arrays of the graph before.
 */
final class GraphState {

    /** A task with the device's arrays for arguments, and its grid where it has a KernelContext. */
    private record Launch(GraphDefinition.Task task, Object[] arguments, Grid grid) {
    }

    /** A task whose kernel has thrown. */
    private record Failure(GraphDefinition.Task task, Throwable cause) {
    }

    static ArrayAccess arrays;

    private final GraphDefinition definition;
    private final Map<TornadoNativeArray, TornadoNativeArray> buffers = new IdentityHashMap<>();
    private JvmDevice device;
    private Failure failure;

    /** A graph that has nothing on its device yet. */
    GraphState(GraphDefinition definition, JvmDevice device) {
        this.definition = definition;
        this.device = device;
    }

    GraphDefinition definition() {
        return definition;
    }

    JvmDevice device() {
        return device;
    }

    /** Moves to a device; what was on another one is gone. */
    void use(JvmDevice next) {
        if (next != device) {
            free();
            device = next;
        }
    }

    void free() {
        buffers.clear();
    }

    /** The device's arrays by the host's. */
    Map<TornadoNativeArray, TornadoNativeArray> buffers() {
        return buffers;
    }

    /**
     * Runs the graph once and waits for its end.
     *
     * @param before   the graph of this plan that ran before, or null
     * @param grids    the grids of the plan, or null
     * @param contexts makes the context of a work-item
     */
    void execute(GraphState before, GridScheduler grids, Function<WorkItem, KernelContext> contexts) {
        consume(before);
        allocate();
        List<Launch> launches = definition.tasks().stream().map(task -> launch(task, grids)).toList();
        failure = null;
        device.threads().run(() -> run(launches, contexts));
        if (failure != null) {
            TornadoRuntimeException exception = new TornadoRuntimeException("task " + failure.task.name() + ", kernel "
                    + failure.task.method() + ", failed on " + device.getDeviceName() + ": " + failure.cause);
            exception.initCause(failure.cause);
            throw exception;
        }
    }

    private void consume(GraphState before) {
        List<GraphDefinition.Consumed> wanted = definition.consumed();
        boolean named = before != null && wanted.stream().anyMatch(array -> array.graph().equals(before.definition.name()));
        for (GraphDefinition.Consumed array : wanted) {
            buffers.put(array.array(), source(before, named, array));
        }
    }

    /** TornadoVM looks at the graph that ran immediately before, and there, if any array names it, only for those. */
    private TornadoNativeArray source(GraphState before, boolean named, GraphDefinition.Consumed wanted) {
        if (before == null) {
            throw cannotConsume(wanted, "no graph of this plan has been executed before; graphs that consume from each other are "
                    + "executed one at a time, with withGraph");
        }
        String source = before.definition.name();
        if (named && !wanted.graph().equals(source)) {
            throw cannotConsume(wanted, source + " ran immediately before and other arrays are consumed from it by name; "
                    + "name no graph, or the same for all");
        }
        if (before.device != device) {
            throw cannotConsume(wanted, source + " ran on " + before.device + " and " + definition.name() + " runs on " + device);
        }
        if (!before.definition.holds(wanted.array())) {
            throw cannotConsume(wanted, source + ", which ran immediately before, does not persist it on the device");
        }
        TornadoNativeArray buffer = before.buffers.get(wanted.array());
        if (buffer == null) {
            throw cannotConsume(wanted, source + ", which ran immediately before, has freed it or has no task that uses it");
        }
        return buffer;
    }

    private TornadoRuntimeException cannotConsume(GraphDefinition.Consumed wanted, String reason) {
        String source = wanted.graph().equals(definition.name()) ? "" : " from " + wanted.graph();
        return new TornadoRuntimeException("task graph " + definition.name() + " consumes a " + definition.describe(wanted.array())
                + source + ", but " + reason);
    }

    private void allocate() {
        for (GraphDefinition.Task task : definition.tasks()) {
            for (Object argument : task.arguments()) {
                if (argument instanceof TornadoNativeArray array && !buffers.containsKey(array)) {
                    buffers.put(array, allocated(array));
                }
            }
        }
        definition.inputs().forEach((array, mode) -> {
            if (mode == DataTransferMode.EVERY_EXECUTION && !buffers.containsKey(array)) {
                buffers.put(array, allocated(array));
            }
        });
    }

    private TornadoNativeArray allocated(TornadoNativeArray host) {
        try {
            TornadoNativeArray buffer = arrays.deviceArray(host);
            boolean first = definition.inputs().getOrDefault(host, DataTransferMode.FIRST_EXECUTION) == DataTransferMode.FIRST_EXECUTION;
            if (first && arrays.hasStorage(host)) {
                buffer.getSegment().copyFrom(host.getSegment());
            }
            return buffer;
        } catch (OutOfMemoryError e) {
            TornadoOutOfMemoryException exception = new TornadoOutOfMemoryException(device.getDeviceName() + " has no memory for "
                    + host.getNumBytesOfSegment() + " bytes, a " + definition.describe(host) + "; the JVM's heap is "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, -Xmx makes it larger");
            exception.initCause(e);
            throw exception;
        }
    }

    private static void copyIn(TornadoNativeArray host, TornadoNativeArray buffer) {
        if (arrays.hasStorage(host)) {
            buffer.getSegment().copyFrom(host.getSegment());
        } else {
            buffer.getSegment().fill((byte) 0);
        }
    }

    private Launch launch(GraphDefinition.Task task, GridScheduler grids) {
        Object[] arguments = task.arguments().clone();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof TornadoNativeArray array) {
                arguments[i] = buffers.get(array);
            }
        }
        return new Launch(task, arguments, task.kernel() instanceof Kernel.PerItem ? Grid.of(task.name(), grids) : null);
    }

    private void run(List<Launch> launches, Function<WorkItem, KernelContext> contexts) {
        definition.inputs().forEach((array, mode) -> {
            if (mode == DataTransferMode.EVERY_EXECUTION && !definition.consumes(array)) {
                copyIn(array, buffers.get(array));
            }
        });
        for (Launch launch : launches) {
            try {
                run(launch, contexts);
            } catch (Throwable cause) {
                failure = new Failure(launch.task(), cause);
                return;
            }
        }
        for (TornadoNativeArray array : definition.outputs()) {
            copyOut(array, 0, array.getSize());
        }
    }

    private void run(Launch launch, Function<WorkItem, KernelContext> contexts) throws Throwable {
        Object[] arguments = launch.arguments();
        switch (launch.task().kernel()) {
            case Kernel.Single kernel -> kernel.run(arguments);
            case Kernel.Looping kernel -> device.threads().share((thread, threads) -> kernel.run(arguments, thread, threads));
            case Kernel.PerItem kernel -> device.threads().share((thread, threads) -> {
                Object[] own = arguments.clone();
                WorkGroup group = new WorkGroup(launch.grid(), item -> {
                    own[kernel.context()] = contexts.apply(item);
                    kernel.run(own);
                });
                group.runShare(thread, threads);
            });
        }
    }

    /** Copies a part of an array that is on the device to the host. */
    void copyOut(TornadoNativeArray host, long first, long elements) {
        long bytes = host.getElementSize();
        MemorySegment.copy(buffers.get(host).getSegment(), first * bytes, host.getSegment(), first * bytes, elements * bytes);
    }
}
