package alexnet.core.run;

import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.model.Entries;
import alexnet.core.model.ModelFile;
import alexnet.core.training.TrainingOptions;

/**
 * How a model was trained, as its file says it.
 *
 * @param options of the run that wrote it
 * @param begun   what it took over from another network when it began
 * @param state   what the run stood at
 */
public record TrainingHistory(TrainingOptions options, Optional<Transfer> begun, RunState state) {

    /**
     * That of a file; empty where it has a model alone.
     *
     * @throws CheckpointException if it is damaged
     */
    public static Optional<TrainingHistory> of(SafetensorsReader reader) {
        Entries entries = ModelFile.entries(reader);
        return entries.has(Snapshot.OPTIONS) && entries.has(Snapshot.RUN)
                ? Optional.of(new TrainingHistory(Snapshot.options(entries), Transfer.read(entries), Snapshot.state(entries))) : Optional.empty();
    }
}
