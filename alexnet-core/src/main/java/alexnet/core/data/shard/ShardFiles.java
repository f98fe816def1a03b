package alexnet.core.data.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;

/**
 * The shards of a half, each opened when it is first read. Read by position, not mapped: in the page cache a copy costs little more, a
 * file that shrinks is an end of file and not a signal, one read fetches a whole image from a disk, and neither the process nor its page
 * tables grow with what was read. Safe for use by many threads.
 */
final class ShardFiles implements AutoCloseable {

    private final Path folder;
    private final Manifest manifest;
    private final List<Manifest.Shard> shards;
    private final AtomicReferenceArray<FileChannel> channels;
    private boolean closed;

    private ShardFiles(Path folder, Manifest manifest, List<Manifest.Shard> shards) {
        this.folder = folder;
        this.manifest = manifest;
        this.shards = shards;
        channels = new AtomicReferenceArray<>(shards.size());
    }

    /**
     * The shards that a manifest names, if all are there and as long as they were written.
     *
     * @throws DataException naming the first that is not
     */
    static ShardFiles of(Path folder, Manifest manifest, Split split) {
        ShardFiles files = new ShardFiles(folder, manifest, manifest.half(split).shards());
        for (int i = 0; i < files.shards.size(); i++) {
            try {
                files.requireLength(i, Files.size(files.path(i)));
            } catch (IOException failure) {
                throw files.unreadable(i, failure);
            }
        }
        return files;
    }

    /** Where a shard lies. */
    Path path(int shard) {
        return folder.resolve(shards.get(shard).file());
    }

    /** How long a shard was written. */
    long length(int shard) {
        return shards.get(shard).bytes();
    }

    /**
     * Fills a buffer from a place in a shard.
     *
     * @throws DataException naming the shard, if it ends before, or cannot be read
     */
    void read(int shard, long position, ByteBuffer buffer) {
        try {
            FileChannel channel = channel(shard);
            int begin = buffer.position();
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position() - begin) < 0) {
                    requireLength(shard, channel.size());
                    throw damaged(shard, "it ends within an image");
                }
            }
        } catch (IOException failure) {
            throw unreadable(shard, failure);
        }
    }

    private FileChannel channel(int shard) throws IOException {
        FileChannel open = channels.get(shard);
        return open != null ? open : open(shard);
    }

    private synchronized FileChannel open(int shard) throws IOException {
        if (closed) {
            throw new IllegalStateException(folder + " is closed");
        }
        FileChannel open = channels.get(shard);
        if (open == null) {
            open = FileChannel.open(path(shard), StandardOpenOption.READ);
            try {
                requireLength(shard, open.size());
                if (manifest.encoding() == Encoding.RAW) {
                    NpyFile.requireHeader(path(shard), open, NpyFile.Type.UINT8, shards.get(shard).images(), manifest.channels(), manifest.size(), manifest.size());
                }
            } catch (IOException | RuntimeException failure) {
                open.close();
                throw failure;
            }
            channels.set(shard, open);
        }
        return open;
    }

    private void requireLength(int shard, long length) {
        if (length != length(shard)) {
            throw damaged(shard, "it has " + length + " bytes and not " + length(shard));
        }
    }

    /** That a shard is not what was written. */
    DataException damaged(int shard, String how) {
        return new DataException(path(shard) + " is damaged (" + how + "): bring it back, or prepare the set anew");
    }

    private DataException unreadable(int shard, IOException failure) {
        String reason = Skipped.reason(failure);
        return new DataException("cannot read " + path(shard) + ": " + reason + (reason.contains("Too many open files")
                ? "; allow more by 'ulimit -n' and start again" : "; bring it back, or prepare the set anew"), failure);
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (int i = 0; i < channels.length(); i++) {
            FileChannel open = channels.getAndSet(i, null);
            if (open != null) {
                try {
                    open.close();
                } catch (IOException ignored) {
                    // Nothing was written.
                }
            }
        }
    }
}
