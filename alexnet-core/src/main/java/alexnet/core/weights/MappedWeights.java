package alexnet.core.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** A file that is mapped into memory, so that opening reads no tensor and a tensor that is stored as it is wanted is not copied. */
public final class MappedWeights implements WeightsFile {

    /**
     * What a file holds.
     *
     * @param tensors  by name, in the file's order
     * @param metadata what it says beside them
     * @param nodes    the network that it describes
     */
    public record Contents(Map<String, WeightsTensor> tensors, Map<String, String> metadata, List<WeightsNode> nodes) {

        /** What a file holds that describes no network. */
        public Contents(Map<String, WeightsTensor> tensors, Map<String, String> metadata) {
            this(tensors, metadata, List.of());
        }
    }

    /** Finds out what a file holds. */
    @FunctionalInterface
    public interface Reading {

        /** Reads a file of which these are all bytes; they are there until it is closed. */
        Contents read(MemorySegment bytes) throws IOException;
    }

    private final Path file;
    private final String format;
    private final Contents contents;
    private final Arena arena;

    private MappedWeights(Path file, String format, Contents contents, Arena arena) {
        this.file = file;
        this.format = format;
        this.contents = contents;
        this.arena = arena;
    }

    /**
     * Maps a file and reads what it holds.
     *
     * @throws IOException if it cannot be mapped or read
     */
    public static WeightsFile open(Path file, String format, Reading reading) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            WeightsFile opened = new MappedWeights(file, format, reading.read(bytes), arena);
            arena = null;
            return opened;
        } finally {
            if (arena != null) {
                arena.close();
            }
        }
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public Map<String, WeightsTensor> tensors() {
        return contents.tensors;
    }

    @Override
    public Map<String, String> metadata() {
        return contents.metadata;
    }

    @Override
    public List<WeightsNode> nodes() {
        return contents.nodes;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
