package alexnet.core.run.sink.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.tensorflow.proto.Event;

/** Reads event files as TensorFlow does: {@code record_reader.cc}, with a checksum that is computed bit by bit. */
final class EventRecords {

    private static final int POLYNOMIAL = 0x82f63b78;

    private EventRecords() {
    }

    /** All events of a folder's files, in the order of their names. */
    static List<Event> ofFolder(Path folder) throws IOException {
        List<Event> events = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                events.addAll(read(file));
            }
        }
        return events;
    }

    static List<Event> read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] length = new byte[Long.BYTES];
            in.get(length);
            assertEquals(unmask(in.getInt()), checksum(length), "of a length");
            byte[] data = new byte[Math.toIntExact(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong())];
            in.get(data);
            assertEquals(unmask(in.getInt()), checksum(data), "of an event");
            events.add(Event.parseFrom(data));
        }
        return events;
    }

    private static int unmask(int masked) {
        int rotated = masked - 0xa282ead8;
        return rotated >>> 17 | rotated << 15;
    }

    static int checksum(byte[] data) {
        int crc = -1;
        for (byte value : data) {
            crc ^= value & 0xff;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : POLYNOMIAL);
            }
        }
        return ~crc;
    }
}
