package alexnet.core.data.archive.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

import alexnet.core.data.imitation.TarWriter;

/** Makes small tars: those that tar makes, and those that nobody should. */
public final class TestTar {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());

    public TestTar() {
        this(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    public TestTar(int longFileMode) {
        tar.setLongFileMode(longFileMode);
        tar.setAddPaxHeadersForNonAsciiNames(longFileMode == TarArchiveOutputStream.LONGFILE_POSIX);
    }

    public TestTar add(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
        return this;
    }

    public TestTar add(String name, String content) throws IOException {
        return add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** An entry without content: a link, a device, a folder. */
    public TestTar add(String name, byte kind, String link) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        if (kind == TarConstants.LF_LINK || kind == TarConstants.LF_SYMLINK) {
            entry.setLinkName(link);
        }
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        return this;
    }

    public byte[] bytes() throws IOException {
        tar.close();
        return bytes.toByteArray();
    }

    public Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes());
    }

    /** A header by hand: {@code size} is what stands in its twelve bytes. */
    public static byte[] header(String name, char kind, String size) {
        return TarWriter.header(name, size, kind, "");
    }

    public static String octal(long size) {
        return String.format(Locale.ROOT, "%011o\0", size);
    }

    /** What follows each other, each filled up to whole blocks. */
    public static byte[] blocks(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(Arrays.copyOf(part, Math.ceilDiv(part.length, BLOCK) * BLOCK));
        }
        return joined.toByteArray();
    }
}
