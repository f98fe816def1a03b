package alexnet.tornado.jvm;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The state of one execution plan. */
public final class PlanExecution {

    private final List<GraphDefinition> graphs;
    private List<GraphDefinition> selected;
    private final Set<Object> loaded = new HashSet<>();
    private final DeviceMemory memory = new DeviceMemory();
    private TornadoDevice device = JvmRuntime.instance().getDefaultDevice();

    /** A plan of the graphs. */
    public PlanExecution(List<GraphDefinition> graphs) {
        this.graphs = graphs;
        this.selected = graphs;
    }

    /** Runs the selected graphs. */
    public void execute() {
        for (GraphDefinition graph : selected) {
            graph.inputs().forEach((array, mode) -> {
                if (mode == DataTransferMode.EVERY_EXECUTION || loaded.add(graph) | loaded.add(List.of(graph, System.identityHashCode(array)))) {
                    memory.copyIn(array);
                }
            });
            for (GraphDefinition.Task task : graph.tasks()) {
                Object[] arguments = Stream.of(task.arguments())
                        .map(argument -> argument instanceof TornadoNativeArray array ? memory.buffer(array) : argument).toArray();
                if (Stream.of(arguments).anyMatch(KernelContext.class::isInstance)) {
                    throw new TornadoRuntimeException("task " + graph.name() + "." + task.id() + ": KernelContext is not implemented yet");
                }
                run(graph.name() + "." + task.id(), task.code(), arguments);
            }
            graph.outputs().forEach((array, mode) -> {
                if (mode == DataTransferMode.EVERY_EXECUTION) {
                    memory.copyOut(array);
                }
            });
        }
    }

    private static void run(String name, Object code, Object[] arguments) {
        try {
            Class<?> type = code.getClass().getInterfaces()[0];
            Method method = Stream.of(type.getMethods()).filter(m -> m.getName().equals("apply")).findFirst().orElseThrow();
            MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(code).asSpreader(Object[].class, arguments.length);
            handle.invoke(arguments);
        } catch (Throwable e) {
            TornadoRuntimeException failure = new TornadoRuntimeException("task " + name + " failed: " + e);
            failure.initCause(e);
            throw failure;
        }
    }

    /** Selects one graph. */
    public void selectGraph(int index) {
        if (index < 0 || index >= graphs.size()) {
            throw new TornadoRuntimeException("there is no graph " + index + " in a plan of " + graphs.size());
        }
        selected = List.of(graphs.get(index));
    }

    /** Selects all graphs. */
    public void selectAllGraphs() {
        selected = graphs;
    }

    /** Compiles the kernels. */
    public void compile() {
    }

    /** Moves to a device. */
    public void useDevice(TornadoDevice device) {
        this.device = device;
    }

    /** The device. */
    public TornadoDevice device(int index) {
        return device;
    }

    /** Frees everything. */
    public void freeDeviceMemory() {
        memory.clear();
        loaded.clear();
    }

    /** Sets the grids. */
    public void useGrids(GridScheduler grids) {
    }

    /** Frees everything. */
    public void close() {
        freeDeviceMemory();
    }

    /** Bytes held. */
    public long memoryUsage() {
        return memory.bytes();
    }

    /** Copies arrays to the host. */
    public void transferToHost(Object... objects) {
        for (Object object : objects) {
            memory.copyOut((TornadoNativeArray) object);
        }
    }

    /** Copies a part of an array to the host. */
    public void transferToHost(TornadoNativeArray array, long first, long elements) {
        int size = array.getElementSize();
        MemorySegment.copy(DeviceMemory.arrays.elements(memory.buffer(array)), first * size,
                DeviceMemory.arrays.elements(array), first * size, elements * size);
    }
}
