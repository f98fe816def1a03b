package alexnet.core.data.imitation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a tar (ustar). A member may be a tar itself, which is written in place. */
public final class TarWriter implements AutoCloseable {

    public static final char FILE = '0';
    public static final char HARD_LINK = '1';
    public static final char SYMBOLIC_LINK = '2';

    private static final int BLOCK = 512;

    private final FileChannel channel;

    /** Begins a file. */
    public TarWriter(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /** What is done with the inner tar. */
    public interface Content {
        /** Adds its members. */
        void write(TarWriter tar) throws IOException;
    }

    /** A tar of one member. */
    public static byte[] of(String name, byte[] bytes) throws IOException {
        var tar = new ByteArrayOutputStream();
        add(tar, name, bytes);
        tar.write(new byte[2 * BLOCK]);
        return tar.toByteArray();
    }

    /** Adds a member to a stream, which the caller ends with two empty blocks. */
    public static void add(OutputStream tar, String name, byte[] bytes) throws IOException {
        tar.write(header(name, bytes.length, FILE, ""));
        tar.write(bytes);
        tar.write(new byte[padding(bytes.length)]);
    }

    /** The 512 bytes before a member, which may lie. */
    public static byte[] header(String name, long size, char type, String link) {
        return header(name, "%011o\0".formatted(size), type, link);
    }

    /** The same by hand: {@code size} is what stands in its twelve bytes. */
    public static byte[] header(String name, String size, char type, String link) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        System.arraycopy(size.getBytes(StandardCharsets.ISO_8859_1), 0, header, 124, size.length());
        put(header, 136, "%011o\0".formatted(0));
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xFF;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static int padding(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    /** Adds a member. */
    public void add(String name, byte[] bytes) throws IOException {
        write(header(name, bytes.length, FILE, ""), bytes, new byte[padding(bytes.length)]);
    }

    /** Adds a tar that {@code content} writes. */
    public void addTar(String name, Content content) throws IOException {
        long begin = channel.position();
        write(new byte[BLOCK]);
        content.write(this);
        write(new byte[2 * BLOCK]);
        ByteBuffer header = ByteBuffer.wrap(header(name, channel.position() - begin - BLOCK, FILE, ""));
        while (header.hasRemaining()) {
            channel.write(header, begin + header.position());
        }
    }

    /** Writes what need not be a member. */
    public void write(byte[]... parts) throws IOException {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        all.flip();
        while (all.hasRemaining()) {
            channel.write(all);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            write(new byte[2 * BLOCK]);
        }
    }
}
