package alexnet.core.network;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import alexnet.core.replica.Replication;
import alexnet.kernels.Algorithm;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.Pass;

/**
 * What computes a layer with weights, as one part of the network has it.
 *
 * @param layer  the layer's name
 * @param passes of each pass that training computes of it, by what
 */
public record LayerAlgorithms(String layer, Map<Pass, Use> passes) {

    /**
     * What computes a pass.
     *
     * @param algorithm its name, with what distinguishes it on that shape
     * @param direct    whether it rounds as any sum of the products does
     * @param workspace numbers that it works in
     */
    public record Use(String algorithm, boolean direct, int workspace) {

        private static <S> Use of(Algorithm<S> algorithm, Pass pass, S shape) {
            return new Use(algorithm.describe(pass, shape), algorithm.direct(), algorithm.workspaceLength(pass, shape));
        }
    }

    /** Those of a part's layers, in order, in a process that trains by itself. */
    public static List<LayerAlgorithms> of(GroupShapes shapes, LayerTraining training, KernelFamily kernels) {
        return of(shapes, training, Replication.NONE, kernels);
    }

    /** The same in one that trains with others. */
    public static List<LayerAlgorithms> of(GroupShapes shapes, LayerTraining training, Replication replication, KernelFamily kernels) {
        int lowest = training.lowest(shapes.architecture());
        List<LayerAlgorithms> layers = new ArrayList<>();
        for (int place = 0; place < shapes.entries().size(); place++) {
            GroupShapes.Entry entry = shapes.entries().get(place);
            boolean learns = training.learns(entry.layer());
            boolean passesOn = place > lowest;
            switch (entry.layer()) {
                case Layer.Convolution c -> {
                    var shape = shapes.convolution(entry);
                    layers.add(of(c, learns, passesOn, pass -> Use.of(kernels.convolution(pass, shape), pass, shape)));
                }
                case Layer.FullyConnected f -> {
                    var own = shapes.fullyConnected(entry);
                    layers.add(of(f, learns, passesOn, pass -> {
                        var shape = pass == Pass.WEIGHT_GRADIENT && replication.gathers(own, f.units()) ? replication.ofAllRanks(own) : own;
                        return Use.of(kernels.fullyConnected(pass, shape), pass, shape);
                    }));
                }
                case Layer.Normalization _, Layer.MaxPool _, Layer.Dropout _ -> { }
            }
        }
        return layers;
    }

    private static LayerAlgorithms of(Layer layer, boolean learns, boolean passesOn, Function<Pass, Use> use) {
        Map<Pass, Use> passes = new EnumMap<>(Pass.class);
        for (Pass pass : Pass.values()) {
            boolean computed = switch (pass) {
                case FORWARD -> true;
                case INPUT_GRADIENT -> passesOn;
                case WEIGHT_GRADIENT -> learns;
            };
            if (computed) {
                passes.put(pass, use.apply(pass));
            }
        }
        return new LayerAlgorithms(layer.name(), passes);
    }

    /** What computes a pass, if training does. */
    public Optional<String> algorithm(Pass pass) {
        return Optional.ofNullable(passes.get(pass)).map(Use::algorithm);
    }

    /** Numbers that the pass works in that needs most. */
    public int workspaceLength() {
        return passes.values().stream().mapToInt(Use::workspace).max().orElse(0);
    }
}
