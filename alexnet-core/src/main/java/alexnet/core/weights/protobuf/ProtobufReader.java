package alexnet.core.weights.protobuf;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import alexnet.core.checkpoint.CheckpointException;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;

/**
 * Reads a file of protocol buffers field by field, and of what is large only where it lies. What else a file says may fill
 * {@value #ROOM} bytes of memory, whatever it claims.
 */
public final class ProtobufReader implements AutoCloseable {

    /** Bits of a tag right of the field's number. */
    public static final int NUMBER = 3;
    /** The type of a field that is an integer. */
    public static final int VARINT = WireFormat.WIRETYPE_VARINT;
    /** The type of a field that is a message, text, or packed numbers. */
    public static final int LENGTH = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    /** The type of a field that is a 32-bit float. */
    public static final int FIXED32 = WireFormat.WIRETYPE_FIXED32;
    /** The type of a field that is a 64-bit float. */
    public static final int FIXED64 = WireFormat.WIRETYPE_FIXED64;

    private static final int ROOM = 32 << 20;
    private static final int ROOM_OF_A_VALUE = 64;
    private static final int LONGEST_TEXT = 4 << 20;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final MemorySegment bytes;
    private final FileChannel channel;
    private final CodedInputStream in;
    private int room = ROOM;

    /** What is done with the fields of a message. */
    @FunctionalInterface
    public interface Fields {

        /** Takes the field, or has it {@link ProtobufReader#skip skipped}. */
        void field(int tag) throws IOException;
    }

    /** What reads a value. */
    @FunctionalInterface
    public interface Reading {

        /** Reads it. */
        void read() throws IOException;
    }

    /** Bytes of a file. */
    public record Span(long offset, long length) {
    }

    /**
     * Reads a file through a buffer: over what is mapped, the library would take a copy of all where it may not use its ways past
     * the virtual machine.
     *
     * @param bytes all of the file
     * @throws CheckpointException if it is too large for one of protocol buffers
     */
    public ProtobufReader(Path file, MemorySegment bytes) throws IOException {
        this.file = file;
        this.bytes = bytes;
        if (bytes.byteSize() > Integer.MAX_VALUE) {
            throw new CheckpointException(file + " has " + bytes.byteSize() + " bytes, and a file of protocol buffers holds less than 2 GiB");
        }
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.in = CodedInputStream.newInstance(Channels.newInputStream(channel), BUFFER);
    }

    /**
     * Reads the whole file.
     *
     * @throws CheckpointException if it is cut short or damaged
     */
    public void file(Fields fields) throws IOException {
        try {
            all(fields);
        } catch (InvalidProtocolBufferException invalid) {
            if (invalid.unwrapIOException() != invalid) {
                throw invalid.unwrapIOException();
            }
            throw damaged("no message of protocol buffers is at byte " + in.getTotalBytesRead());
        }
    }

    /** Reads a field that is a message. */
    public void message(Fields fields) throws IOException {
        keep(0);
        int outer = in.pushLimit(length());
        all(fields);
        in.popLimit(outer);
    }

    private void all(Fields fields) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            fields.field(tag);
        }
    }

    /** Reads a field that is text. */
    public String text() throws IOException {
        int length = length();
        if (length > LONGEST_TEXT) {
            throw damaged("a text of " + length + " bytes is at byte " + in.getTotalBytesRead());
        }
        keep(length);
        return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
    }

    /** Reads a field that is an integer. */
    public long integer() throws IOException {
        keep(0);
        return in.readInt64();
    }

    /** Reads a field that is a 32-bit float. */
    public float real() throws IOException {
        keep(0);
        return in.readFloat();
    }

    /** Passes over a field that has a length, and says where it lies. */
    public Span span() throws IOException {
        return span(length());
    }

    /** Passes over as many bytes, and says where they lie. */
    public Span span(int length) throws IOException {
        Span span = new Span(in.getTotalBytesRead(), length);
        in.skipRawBytes(length);
        return span;
    }

    /** Reads a field that is packed numbers. */
    public void packed(Reading number) throws IOException {
        int outer = in.pushLimit(length());
        while (!in.isAtEnd()) {
            number.read();
        }
        in.popLimit(outer);
    }

    /** Passes over a field that nobody asks for. */
    public void skip(int tag) throws IOException {
        switch (WireFormat.getTagWireType(tag)) {
            case VARINT -> in.readRawVarint64();
            case FIXED64 -> in.skipRawBytes(Long.BYTES);
            case FIXED32 -> in.skipRawBytes(Integer.BYTES);
            case LENGTH -> in.skipRawBytes(length());
            default -> throw damaged("field " + WireFormat.getTagFieldNumber(tag) + " before byte " + in.getTotalBytesRead() + " has no type");
        }
    }

    /** Takes note of memory that is needed for what the file says. */
    void keep(int bytes) {
        room -= ROOM_OF_A_VALUE + bytes;
        if (room < 0) {
            throw damaged("it says too much beside its weights");
        }
    }

    private int length() throws IOException {
        int length = in.readRawVarint32();
        long at = in.getTotalBytesRead();
        int limit = in.getBytesUntilLimit();
        if (length < 0 || limit >= 0 && length > limit) {
            throw damaged("what is at byte " + at + " would have " + Integer.toUnsignedString(length) + " bytes");
        }
        if (length > bytes.byteSize() - at) {
            throw new CheckpointException(file + " is cut short: " + length + " bytes belong behind byte " + at + ", " + (bytes.byteSize() - at) + " are there");
        }
        return length;
    }

    /** The file, for messages. */
    Path path() {
        return file;
    }

    /** All bytes of the file. */
    MemorySegment bytes() {
        return bytes;
    }

    /** The refusal of a file that is not as such files are. */
    public CheckpointException damaged(String how) {
        return new CheckpointException(file + " is damaged: " + how);
    }

    /** The refusal of a file that is as it should be. */
    public CheckpointException refused(String why) {
        return new CheckpointException(file + ": " + why);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
