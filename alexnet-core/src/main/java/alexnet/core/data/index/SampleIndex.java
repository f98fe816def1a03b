package alexnet.core.data.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import alexnet.core.data.DataException;

/**
 * What is known of each sample of a set: its name, class and key, and where its bytes lie. A memory-mapped file of which only what is
 * asked for is read: a million samples take no heap. Safe for use by many threads.
 *
 * <p>The file, little-endian: a header of {@value #HEADER} bytes (magic, samples, containers, bytes of names, CRC-32C of all behind the
 * header), a column for each of offset (64 bits), key, label, container, length and checksum (32 bits), the end of each name, those of
 * the containers behind those of the samples, and the names in UTF-8.
 */
public final class SampleIndex implements AutoCloseable {

    static final long MAGIC = 0x0031_5844_4958_4C41L;
    static final int HEADER = 64;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final Arena arena;
    private final MemorySegment mapped;
    private final IndexLayout layout;
    private final List<String> containers;

    private SampleIndex(Path file, Arena arena, MemorySegment mapped, IndexLayout layout) {
        this.file = file;
        this.arena = arena;
        this.mapped = mapped;
        this.layout = layout;
        this.containers = IntStream.range(0, layout.containers()).mapToObj(i -> text(layout.samples() + i)).toList();
    }

    /**
     * Opens an index and makes sure that it is as it was written.
     *
     * @throws DataException naming the file, if it is damaged or none
     * @throws IOException   if it cannot be read
     */
    public static SampleIndex open(Path file) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            IndexLayout layout = IndexLayout.read(file, channel);
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, layout.length(), arena);
            SampleIndex index = new SampleIndex(file, arena, mapped, layout);
            index.requireInBounds();
            return index;
        } catch (IOException | RuntimeException | Error failure) {
            arena.close();
            throw failure;
        }
    }

    /** What a right checksum does not say: that no column points outside. */
    private void requireInBounds() {
        for (int i = 0; i < size(); i++) {
            if (offset(i) < 0 || length(i) < 0 || container(i) < 0 || container(i) >= Math.max(1, containers.size()) || label(i) < 0) {
                throw damaged(file, "sample " + i + " lies nowhere");
            }
        }
    }

    static DataException damaged(Path file, String how) {
        return new DataException(file + " is damaged (" + how + "): remove it, so that it is made anew");
    }

    /** The number of samples. */
    public int size() {
        return layout.samples();
    }

    /** The files, or what else samples lie in, as paths relative to the set's folder. */
    public List<String> containers() {
        return containers;
    }

    /** The class of a sample. */
    public int label(int index) {
        return mapped.get(INT, at(layout.label(), index, Integer.BYTES));
    }

    /** What stands for a sample in random draws, see {@link alexnet.core.data.ImageSource#key}. */
    public int key(int index) {
        return mapped.get(INT, at(layout.key(), index, Integer.BYTES));
    }

    /** Which of the {@link #containers} a sample lies in. */
    public int container(int index) {
        return mapped.get(INT, at(layout.container(), index, Integer.BYTES));
    }

    /** Where in its container a sample begins, in bytes. */
    public long offset(int index) {
        return mapped.get(LONG, at(layout.offset(), index, Long.BYTES));
    }

    /** Bytes of a sample. */
    public int length(int index) {
        return mapped.get(INT, at(layout.length32(), index, Integer.BYTES));
    }

    /** CRC-32C of a sample's bytes; 0 where whoever wrote the index did not read them. */
    public int checksum(int index) {
        return mapped.get(INT, at(layout.checksum(), index, Integer.BYTES));
    }

    /** What messages call a sample. */
    public String name(int index) {
        return text(Objects.checkIndex(index, size()));
    }

    private String text(int name) {
        int begin = name == 0 ? 0 : mapped.get(INT, layout.nameEnd() + (name - 1L) * Integer.BYTES);
        int end = mapped.get(INT, layout.nameEnd() + (long) name * Integer.BYTES);
        if (begin < 0 || end < begin || end > layout.namesLength()) {
            throw damaged(file, "name " + name + " lies nowhere");
        }
        return new String(mapped.asSlice(layout.names() + begin, end - begin).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private long at(long column, int index, int bytes) {
        return column + (long) Objects.checkIndex(index, size()) * bytes;
    }

    /** By what all samples together are known again. */
    public String digest() {
        return "%08x-%d".formatted(layout.crc(), size());
    }

    @Override
    public void close() {
        arena.close();
    }
}
