package uk.ac.manchester.tornado.api;

import alexnet.tornado.jvm.PlanExecution;

/** The end of one execution of a plan. */
public class TornadoExecutionResult {

    private final PlanExecution execution;

    TornadoExecutionResult(PlanExecution execution) {
        this.execution = execution;
    }

    /** Copies the arrays, as the graphs that the plan has selected now left them on the device, to the host. */
    public TornadoExecutionResult transferToHost(Object... objects) {
        execution.transferToHost(objects);
        return this;
    }

    /** Copies a part of an array, as the graphs that the plan has selected now left it on the device, to the host. */
    public TornadoExecutionResult transferToHost(DataRange dataRange) {
        execution.transferToHost(dataRange.getArray(), dataRange.firstElement(), dataRange.elements());
        return this;
    }

    /** Whether the execution is over; it always is, because {@link TornadoExecutionPlan#execute()} waits for its end. */
    public boolean isReady() {
        return true;
    }
}
