package alexnet.core.data.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

import alexnet.core.data.SampleName;

/** Gathers what is known of samples, for {@link SampleIndex}; some 32 bytes and its name for each. */
public final class IndexBuilder {

    private static final int FIRST = 1024;

    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private long[] offsets = new long[FIRST];
    private int[] keys = new int[FIRST];
    private int[] labels = new int[FIRST];
    private int[] containers = new int[FIRST];
    private int[] lengths = new int[FIRST];
    private int[] checksums = new int[FIRST];
    private int[] nameEnds = new int[FIRST];
    private int size;

    /** Samples so far. */
    public int size() {
        return size;
    }

    /**
     * Adds a sample.
     *
     * @param container in which it lies, an index into what {@link #write} is given
     * @param checksum  CRC-32C of its bytes, or 0
     */
    public void add(String name, int label, int container, long offset, int length, int checksum) {
        add(name, SampleName.key(name), label, container, offset, length, checksum);
    }

    /** The same of a sample that is stored and drawn by another name, whose key this is. */
    public void add(String name, int key, int label, int container, long offset, int length, int checksum) {
        if (size == keys.length) {
            int more = Math.toIntExact(2L * size);
            offsets = Arrays.copyOf(offsets, more);
            keys = Arrays.copyOf(keys, more);
            labels = Arrays.copyOf(labels, more);
            containers = Arrays.copyOf(containers, more);
            lengths = Arrays.copyOf(lengths, more);
            checksums = Arrays.copyOf(checksums, more);
            nameEnds = Arrays.copyOf(nameEnds, more);
        }
        names.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        offsets[size] = offset;
        keys[size] = key;
        labels[size] = label;
        containers[size] = container;
        lengths[size] = length;
        checksums[size] = checksum;
        nameEnds[size++] = names.size();
    }

    /**
     * Writes the index. Who needs it whole or not at all writes it beside and renames it.
     *
     * @param containerNames what samples lie in, as paths relative to the set's folder
     */
    public void write(Path file, List<String> containerNames) throws IOException {
        int[] ends = Arrays.copyOf(nameEnds, size + containerNames.size());
        var behind = new ByteArrayOutputStream();
        for (int i = 0; i < containerNames.size(); i++) {
            behind.writeBytes(containerNames.get(i).getBytes(StandardCharsets.UTF_8));
            ends[size + i] = Math.addExact(names.size(), behind.size());
        }
        ByteBuffer columns = ByteBuffer.allocate(Math.toIntExact(SampleIndex.HEADER + 28L * size + 4L * ends.length)).order(ByteOrder.LITTLE_ENDIAN);
        columns.position(SampleIndex.HEADER);
        columns.asLongBuffer().put(offsets, 0, size);
        columns.position(columns.position() + size * Long.BYTES);
        for (int[] column : List.of(keys, labels, containers, lengths, checksums)) {
            columns.asIntBuffer().put(column, 0, size);
            columns.position(columns.position() + size * Integer.BYTES);
        }
        columns.asIntBuffer().put(ends);
        ByteBuffer text = ByteBuffer.allocate(names.size() + behind.size()).put(names.toByteArray()).put(behind.toByteArray()).flip();
        CRC32C crc = new CRC32C();
        crc.update(columns.position(SampleIndex.HEADER).limit(columns.capacity()));
        crc.update(text);
        columns.putLong(0, SampleIndex.MAGIC).putInt(8, size).putInt(12, containerNames.size()).putInt(16, text.capacity()).putInt(20, (int) crc.getValue());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ByteBuffer part : List.of(columns.rewind(), text.rewind())) {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
            channel.force(true);
        }
    }
}
