package alexnet.core.weights.network;

import java.util.Map;
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

    /** What a file says of it; empty where it says nothing. */
    public static Optional<String> of(Map<String, String> metadata) {
        return Optional.ofNullable(metadata.get(ENTRY));
    }
}
