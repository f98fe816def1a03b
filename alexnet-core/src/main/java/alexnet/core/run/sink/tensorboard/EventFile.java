package alexnet.core.run.sink.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import alexnet.core.run.sink.Environment;

/**
 * An event file, to which records are added. A record is the length of its data (uint64), the length's checksum (uint32), the
 * data, and their checksum, little-endian ({@code tensorflow/core/lib/io/record_writer.h}). Each is written by a call of its own and
 * so seen by TensorBoard at once, and not lost when the process is killed.
 */
final class EventFile implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{1,18})\\..*");
    private static final String WRITER = EventFile.class.getPackageName();
    /** Bytes in which {@link #WRITER} is found: the first record's. */
    private static final int FIRST_RECORD = 128;
    private static final int MASK = 0xa282ead8;

    private final FileChannel channel;

    private EventFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Begins a file, of a name that comes behind those of all others in the folder, which TensorBoard reads in the order of their names.
     *
     * @param folder      made if it isn't there
     * @param wallSeconds since 1970
     * @throws IOException if it cannot be written
     */
    static EventFile create(Path folder, double wallSeconds) throws IOException {
        Files.createDirectories(folder);
        long last = files(folder).stream().mapToLong(EventFile::seconds).max().orElse(0);
        String name = String.format(Locale.ROOT, "events.out.tfevents.%010d.%s.%d.0", Math.max((long) wallSeconds, last + 1), host(),
                ProcessHandle.current().pid());
        EventFile file = new EventFile(FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        try {
            file.add(Events.version(wallSeconds, WRITER));
            return file;
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
    }

    /** As names of files may hold it. */
    private static String host() {
        String name = Environment.hostName().replaceAll("[^A-Za-z0-9.-]", "_");
        return name.isEmpty() ? "localhost" : name;
    }

    /** The event files of a folder, which need not be there. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches()).sorted().toList();
        }
    }

    private static long seconds(Path file) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** Deletes the event files that this program has written to a folder. */
    static void deleteOwn(Path folder) throws IOException {
        for (Path file : files(folder)) {
            byte[] start;
            try (var in = Files.newInputStream(file)) {
                start = in.readNBytes(FIRST_RECORD);
            }
            if (start.length == 0 || new String(start, StandardCharsets.ISO_8859_1).contains(WRITER)) {
                Files.delete(file);
            }
        }
    }

    /** Adds a record. */
    void add(Message event) throws IOException {
        byte[] data = event.bytes();
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length).putInt(maskedChecksum(record.array(), Long.BYTES)).put(data).putInt(maskedChecksum(data, data.length)).flip();
        while (record.hasRemaining()) {
            channel.write(record);
        }
    }

    /** CRC-32C, rotated and shifted, so that checksums of data that hold checksums are of use. */
    private static int maskedChecksum(byte[] data, int length) {
        CRC32C crc = new CRC32C();
        crc.update(data, 0, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
