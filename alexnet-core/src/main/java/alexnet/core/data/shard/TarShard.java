package alexnet.core.data.shard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.utils.CountingOutputStream;

/**
 * A shard of {@link Encoding#JPEG}: a tar with {@code NAME.jpg} and {@code NAME.cls}, the label in digits, for each image. It says
 * nothing of when, where and by whom it was written.
 */
final class TarShard implements ShardWriter {

    private static final int BLOCK = 512;
    private static final int BUFFER = 1 << 16;

    private final CountingOutputStream counted;
    private final TarArchiveOutputStream tar;

    /** @param channel of an empty file */
    TarShard(FileChannel channel) {
        counted = new CountingOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
        tar = new TarArchiveOutputStream(counted, BLOCK, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** Bytes that an image of so many takes, its header and its label included. */
    static long length(long content) {
        return 3 * BLOCK + Math.ceilDiv(content, BLOCK) * BLOCK;
    }

    @Override
    public long add(String name, int label, byte[] content) throws IOException {
        long offset = put(name + ".jpg", content);
        put(name + ".cls", Integer.toString(label).getBytes(StandardCharsets.US_ASCII));
        return offset;
    }

    private long put(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        entry.setUserId(0);
        entry.setGroupId(0);
        entry.setUserName("");
        entry.setGroupName("");
        tar.putArchiveEntry(entry);
        long offset = counted.getBytesWritten();
        tar.write(content);
        tar.closeArchiveEntry();
        return offset;
    }

    @Override
    public void finish() throws IOException {
        tar.finish();
        counted.flush();
    }
}
