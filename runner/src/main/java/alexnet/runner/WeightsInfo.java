package alexnet.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.UnreadableCheckpointException;
import alexnet.core.data.Skipped;
import alexnet.core.model.Entries;
import alexnet.core.model.Model;
import alexnet.core.model.ModelFile;
import alexnet.core.run.TrainingHistory;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormats;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.network.ImportOptions;
import alexnet.core.weights.network.ImportedNetwork;
import alexnet.core.weights.network.ImportedNetworks;
import alexnet.core.weights.network.Origin;

/**
 * What a file of weights holds.
 *
 * @param file     where it is
 * @param format   in words
 * @param bytes    its size
 * @param tensors  in its order
 * @param metadata what it says beside them, but for what it says as a model of this program
 * @param network  that it holds; empty if none that is known
 * @param problem  why it holds none
 * @param training how it was trained, where it is a checkpoint of this program
 * @param origin   where it was imported from, where it is such a model of this program
 */
record WeightsInfo(Path file, String format, long bytes, List<Tensor> tensors, Map<String, String> metadata, Optional<Network> network,
                   Optional<String> problem, Optional<TrainingHistory> training, Optional<Origin> origin) {

    /** A tensor as it is stored. */
    record Tensor(String name, String type, List<Integer> shape) {

        long elements() {
            return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        }
    }

    /**
     * A network that is known.
     *
     * @param kind       whose it is
     * @param model      as one of ours
     * @param parameters weights and biases
     * @param notes      what import would say of it
     */
    record Network(String kind, Model model, long parameters, List<String> notes) {
    }

    /** @throws CheckpointException if it is of no format that is known, or damaged */
    static WeightsInfo of(Path file) {
        try (WeightsFile weights = WeightsFormats.open(file)) {
            boolean ours = ModelFile.isOne(weights.metadata());
            Optional<Network> network = Optional.empty();
            Optional<String> problem = Optional.empty();
            try {
                ImportedNetwork known = ImportedNetworks.of(weights, ImportOptions.NONE);
                network = Optional.of(new Network(known.kind(), known.model(), known.parameters(), known.notes()));
            } catch (CheckpointException unfit) {
                problem = Optional.of(unfit.getMessage());
            }
            return new WeightsInfo(file, weights.format(), Files.size(file), tensors(weights), ours ? Map.of() : weights.metadata(), network, problem,
                    ours ? training(file) : Optional.empty(), ours ? Origin.of(new Entries(file, weights.metadata())) : Optional.empty());
        } catch (IOException failure) {
            throw new UnreadableCheckpointException("cannot read " + file + ": " + Skipped.reason(failure), failure);
        }
    }

    private static List<Tensor> tensors(WeightsFile weights) {
        List<Tensor> tensors = new ArrayList<>();
        for (WeightsTensor tensor : weights.tensors().values()) {
            tensors.add(new Tensor(tensor.name(), tensor.type(), tensor.shape()));
        }
        return tensors;
    }

    private static Optional<TrainingHistory> training(Path file) {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            return TrainingHistory.of(reader);
        }
    }

    /** Elements of all tensors. */
    long elements() {
        return tensors.stream().mapToLong(Tensor::elements).sum();
    }
}
