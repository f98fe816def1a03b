package alexnet.core.data.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import alexnet.core.checkpoint.WholeFile;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.index.IndexBuilder;
import alexnet.core.data.index.SampleIndex;
import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * How far a preparation is, in the folder {@code .unfinished}: which shards are written, what was summed up over their images and which
 * could not be read, in one file that is replaced after each shard; and an index of each shard.
 *
 * @param folder of the set
 */
record Unfinished(SetFolder folder) {

    private static final String STATE = "state";
    /** Far above what the sums of large images take. */
    private static final long LARGEST = 1L << 28;
    private static final int PREFIX = 2 * Integer.BYTES;

    /**
     * What is kept.
     *
     * @param manifest as it will be, with the shards so far
     * @param bad      the images that could not be read so far
     */
    record State(Manifest manifest, List<BadImage> bad) {

        State {
            bad = bad == null ? List.of() : List.copyOf(bad);
        }
    }

    private Path state() {
        return folder.unfinished().resolve(STATE);
    }

    /**
     * Reads the state, and into {@code sums} what was summed up.
     *
     * @return none before the first shard
     * @throws PreparationException if it is damaged
     */
    Optional<State> read(DatasetStatistics.Collector sums, Manifest expected) throws IOException {
        byte[] bytes;
        try {
            if (Files.size(state()) > LARGEST) {
                throw damaged();
            }
            bytes = Files.readAllBytes(state());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < PREFIX || buffer.getInt() != checksum(bytes)) {
            throw damaged();
        }
        int length = buffer.getInt();
        State state;
        try {
            state = SetJson.MAPPER.readValue(bytes, PREFIX, length, State.class);
        } catch (JsonProcessingException | IndexOutOfBoundsException | IllegalArgumentException ofAnotherProgram) {
            throw damaged();
        }
        expected.requireSameWay(state.manifest, folder.path());
        ManifestSense.require(state(), state.manifest);
        sums.read(buffer.position(PREFIX + length).slice());
        return Optional.of(state);
    }

    private static int checksum(byte[] bytes) {
        return FileSums.of(ByteBuffer.wrap(bytes, Integer.BYTES, bytes.length - Integer.BYTES));
    }

    private PreparationException damaged() {
        return new PreparationException(state() + " is damaged: begin anew by --overwrite");
    }

    /** Replaces the state. */
    void write(State state, DatasetStatistics.Collector sums) throws IOException {
        Files.createDirectories(folder.unfinished());
        byte[] json = SetJson.MAPPER.writeValueAsBytes(state);
        ByteBuffer summed = sums.write();
        ByteBuffer bytes = ByteBuffer.allocate(PREFIX + json.length + summed.capacity()).putInt(0).putInt(json.length).put(json).put(summed);
        bytes.putInt(0, checksum(bytes.array()));
        WholeFile.write(state(), bytes.array());
    }

    /** The index of one shard. */
    Path index(Split split, int number) {
        return folder.unfinished().resolve(split + "-" + number + ".index");
    }

    /** Writes an index of a half's images from those of its shards. */
    void join(Split split, List<Manifest.Shard> shards) throws IOException {
        IndexBuilder joined = new IndexBuilder();
        for (int number = 0; number < shards.size(); number++) {
            try (SampleIndex shard = SampleIndex.open(index(split, number))) {
                for (int i = 0; i < shard.size(); i++) {
                    joined.add(shard.name(i), shard.label(i), number, shard.offset(i), shard.length(i), shard.checksum(i));
                }
            }
        }
        joined.write(folder.index(split), shards.stream().map(Manifest.Shard::file).toList());
    }

    /** Deletes the state, so that the next preparation begins anew. */
    void forget() throws IOException {
        Files.deleteIfExists(state());
    }

    /** Deletes it all; the state last, so that whoever is interrupted here goes on. */
    void delete() throws IOException {
        if (Files.isDirectory(folder.unfinished())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.unfinished(), path -> !path.equals(state()))) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.deleteIfExists(state());
            Files.delete(folder.unfinished());
        }
    }
}
