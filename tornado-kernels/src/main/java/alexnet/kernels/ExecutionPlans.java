package alexnet.kernels;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;

/** Puts task graphs on a device. */
public final class ExecutionPlans {

    private ExecutionPlans() {
    }

    /**
     * A plan of graphs on a device.
     *
     * <p>On GPUs the driver chooses the size of work-groups that no grid names. By itself TornadoVM 5.2 takes up to 1024 work items for a
     * loop of one dimension, whatever registers the kernel needs; where these do not suffice, the CUDA back end prints an error, runs
     * nothing, and goes on with what is in the output.
     *
     * @param grid of the tasks that ask for one; may be empty
     */
    public static TornadoExecutionPlan on(TornadoDevice device, GridScheduler grid, ImmutableTaskGraph... graphs) {
        TornadoExecutionPlan plan = new TornadoExecutionPlan(graphs);
        try {
            plan.withDevice(device);
            if (device.getDeviceType() == TornadoDeviceType.GPU) {
                plan.withDefaultScheduler();
            }
            // A scheduler that names no task is refused.
            if (!grid.keySet().isEmpty()) {
                plan.withGridScheduler(grid);
            }
            return plan;
        } catch (RuntimeException | Error failed) {
            try (plan) {
                plan.freeDeviceMemory();
            } catch (RuntimeException | TornadoExecutionPlanException another) {
                failed.addSuppressed(another);
            }
            throw failed;
        }
    }
}
