package alexnet.core.weights.network;

import java.util.Optional;

import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.model.Entries;

/**
 * Where the weights of a model come from that was not trained here, as an entry of its file.
 *
 * @param file    the name of the file that was imported
 * @param format  of that file
 * @param network whose network it was
 */
public record Origin(String file, String format, String network) {

    private static final String ENTRY = "origin";

    static Origin of(ImportedNetwork imported) {
        return new Origin(imported.file().file().getFileName().toString(), imported.file().format(), imported.kind());
    }

    void write(SafetensorsWriter writer) {
        writer.metadata(ENTRY, Entries.text(this));
    }

    /**
     * What a model's file says of it; empty where it says nothing.
     *
     * @throws alexnet.core.checkpoint.CheckpointException if it is damaged
     */
    public static Optional<Origin> of(Entries entries) {
        return entries.has(ENTRY) ? Optional.of(entries.value(ENTRY, entries.tree(ENTRY), Origin.class)) : Optional.empty();
    }
}
