package alexnet.kernels.host;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.ExecutionPlans;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.Pass;
import java.util.concurrent.atomic.AtomicInteger;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A pass of made-up numbers on the first device: what comes out. */
final class TaskRun {

    private static final AtomicInteger GRAPHS = new AtomicInteger();

    private TaskRun() {
    }

    static float[] of(KernelFamily family, Pass pass, ConvolutionShape s) {
        return of(family, pass, s, numbers(1, s.inputLength()));
    }

    /** The output of that input. */
    static float[] forward(KernelFamily family, ConvolutionShape s, float[] input) {
        return of(family, Pass.FORWARD, s, FloatArray.fromArray(input));
    }

    private static float[] of(KernelFamily family, Pass pass, ConvolutionShape s, FloatArray input) {
        int length = family.convolution(pass, s).workspaceLength(pass, s);
        FloatArray weights = numbers(2, s.weightLength());
        FloatArray bias = numbers(3, s.filters());
        FloatArray output = numbers(4, s.outputLength());
        return run(length, input, weights, bias, output, pass, builder -> {
            switch (pass) {
                case FORWARD -> family.convolutionForward(builder, "task", s, input, weights, bias, output);
                case INPUT_GRADIENT -> family.convolutionInputGradient(builder, "task", s, output, weights, input);
                case WEIGHT_GRADIENT -> family.convolutionWeightGradient(builder, "task", s, input, output, weights, bias);
            }
        });
    }

    static float[] of(KernelFamily family, Pass pass, FullyConnectedShape s) {
        int length = family.fullyConnected(pass, s).workspaceLength(pass, s);
        FloatArray input = numbers(1, s.inputLength());
        FloatArray weights = numbers(2, s.weightLength());
        FloatArray bias = numbers(3, s.units());
        FloatArray output = numbers(4, s.outputLength());
        return run(length, input, weights, bias, output, pass, builder -> {
            switch (pass) {
                case FORWARD -> family.fullyConnectedForward(builder, "task", s, true, input, weights, bias, output);
                case INPUT_GRADIENT -> family.fullyConnectedInputGradient(builder, "task", s, output, weights, input);
                case WEIGHT_GRADIENT -> family.fullyConnectedWeightGradient(builder, "task", s, input, output, weights, bias);
            }
        });
    }

    private interface Tasks {
        void add(GraphBuilder builder);
    }

    private static float[] run(int workspaceLength, FloatArray input, FloatArray weights, FloatArray bias, FloatArray output, Pass pass,
                               Tasks tasks) {
        GridScheduler grid = new GridScheduler();
        FloatArray workspace = workspaceLength == 0 ? null : new FloatArray(workspaceLength);
        GraphBuilder builder = new GraphBuilder("run" + GRAPHS.incrementAndGet(), grid, workspace);
        builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, input, weights, bias, output);
        if (workspace != null) {
            workspace.init(Float.NaN);
            builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, workspace);
        }
        tasks.add(builder);
        FloatArray result = switch (pass) {
            case FORWARD -> output;
            case INPUT_GRADIENT -> input;
            case WEIGHT_GRADIENT -> weights;
        };
        builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, result);
        try (TornadoExecutionPlan plan = ExecutionPlans.on(TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice(), grid, builder.graph().snapshot())) {
            plan.execute();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException(e);
        }
        return result.toHeapArray();
    }

    static FloatArray numbers(int seed, int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = CounterRandom.uniform(seed, 0, i) - 0.5f;
        }
        return FloatArray.fromArray(numbers);
    }
}
