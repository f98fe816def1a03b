package alexnet.core.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.Finite;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.group.Optimizer;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.Entries;
import alexnet.core.model.Model;
import alexnet.core.model.ModelFile;
import alexnet.core.network.Initialization;
import alexnet.core.run.event.Metrics;
import alexnet.core.training.DivergedException;
import alexnet.core.training.TrainingOptions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * All that training goes on from, but for the weights and momenta themselves: in its file, a model's with some entries more,
 * {@code options} and {@code run}, the momentum of each parameter that learns is a tensor called {@code momentum.} and the parameter's name.
 *
 * @param model   which network
 * @param options of the run that made it
 * @param begun   what it took over from another network when it began; empty where it began with start values alone
 * @param state   what the run stands at
 */
public record Snapshot(Model model, TrainingOptions options, Optional<Transfer> begun, RunState state) {

    static final String OPTIONS = "options";
    static final String RUN = "run";
    private static final String HISTORY = "history";
    /** By the scheme of start values, where there was no choice. */
    private static final String INIT_BIAS = "init_bias";

    /** What a file may leave out of its options: what was done before there was a choice. */
    private static final ObjectNode OPTIONS_BY_DEFAULT = Entries.constant("""
            {"lr_scaling": "none", "lr_batch_size": 128, "bias_lr": 1, "lr_scheduler": "constant", "lr_step_size": 10, "lr_milestones": [], "lr_gamma": 0.1, "lr_warmup_epochs": 0, "momentum": 0.9,
             "weight_decay": 0.0005, "bias_wd": 1, "colour_noise": 0.1, "colour_noise_until": 0, "freeze": [], "lr_layer": [], "lrn_n": 5, "lrn_alpha": 0.0001,
             "lrn_alpha_over_n": false, "lrn_beta": 0.75, "lrn_k": 2, "initialization": "paper", "seed": 1, "limit_batches": 0,
             "validate_every": "1e", "patience": 0, "convolution": "direct"}""");
    private static final ObjectNode RUN_BY_DEFAULT = Entries.constant("""
            {"images": 0, "loss_sum": 0, "images_measured": 0, "history": [], "rollbacks": 0}""");
    private static final ObjectNode METRICS_BY_DEFAULT = Entries.constant("{}");

    /** Of a run that began with start values alone. */
    public Snapshot(Model model, TrainingOptions options, RunState state) {
        this(model, options, Optional.empty(), state);
    }

    /**
     * Writes the snapshot, whole or not at all.
     *
     * @param tensors the network's parameters and momenta, as they are in their host arrays, see {@link TwoGroupNetwork#save}
     * @param images  by what the training images are known again, {@link alexnet.core.data.Fingerprint#pack}
     * @throws DivergedException if a tensor is not finite; the file is then as it was
     * @throws IOException       if the file cannot be written
     */
    public void write(Path file, List<ParameterTensor> tensors, byte[] images) throws IOException {
        for (ParameterTensor tensor : tensors) {
            if (!tensor.parts().stream().map(FloatArray::getSegment).allMatch(Finite::all)) {
                throw DivergedException.tensor(state.step(), tensor.name());
            }
        }
        SafetensorsWriter writer = ModelFile.writer(model, tensors);
        writer.metadata(OPTIONS, Entries.text(options));
        writer.metadata(RUN, Entries.text(state));
        begun.ifPresent(transfer -> transfer.write(writer));
        ModelFile.addFingerprint(writer, images);
        writer.write(file);
    }

    /**
     * Reads everything but the tensors, and checks that the file has all of them.
     *
     * @throws CheckpointException if it is damaged, of another kind, or has a model alone
     */
    public static Snapshot read(SafetensorsReader reader) {
        Entries entries = ModelFile.entries(reader);
        Model model = ModelFile.read(reader, entries);
        List<String> states = Optimizer.CHOSEN.states().stream().map(Optimizer::prefix).toList();
        if (!entries.has(OPTIONS) || !entries.has(RUN) || !states.stream().allMatch(state -> hasTensors(reader, state))) {
            throw new CheckpointException(reader.file() + " has a trained network alone, without what training goes on from (momenta, options, place):"
                    + " resume from a checkpoint that train has written");
        }
        Snapshot snapshot = new Snapshot(model, options(entries), Transfer.read(entries), state(entries));
        ModelFile.requireTrainable(reader, model.architecture(), states, snapshot.learning(entries));
        return snapshot;
    }

    private static boolean hasTensors(SafetensorsReader reader, String prefix) {
        return reader.tensors().keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** What tells layers that have momenta: those that stayed as they are have none. */
    private Predicate<String> learning(Entries entries) {
        try {
            Set<String> frozen = options.layers().of(model.architecture()).frozen();
            return layer -> !frozen.contains(layer);
        } catch (IllegalArgumentException impossible) {
            throw entries.damaged(OPTIONS, impossible.getMessage());
        }
    }

    static TrainingOptions options(Entries entries) {
        ObjectNode tree = entries.object(OPTIONS, OPTIONS_BY_DEFAULT);
        if (!tree.has(INIT_BIAS)) {
            String initialization = tree.path("initialization").asText();
            tree.put(INIT_BIAS, Stream.of(Initialization.values()).filter(each -> each.toString().equalsIgnoreCase(initialization))
                    .mapToDouble(Initialization::bias).findFirst().orElse(0));
        }
        return entries.value(OPTIONS, tree, TrainingOptions.class);
    }

    static RunState state(Entries entries) {
        ObjectNode tree = entries.object(RUN, RUN_BY_DEFAULT);
        JsonNode history = tree.get(HISTORY);
        if (!history.isArray()) {
            throw entries.damaged(RUN, "its " + HISTORY + " is no list");
        }
        ArrayNode whole = tree.putArray(HISTORY);
        history.forEach(metrics -> whole.add(entries.over(RUN, METRICS_BY_DEFAULT, metrics)));
        return entries.value(RUN, tree, RunState.class);
    }
}
