package alexnet.core.data.archive;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import alexnet.core.data.archive.tar.TarBytes;

/** Files of which parts are read, by many threads at once; each is opened when it is first asked for. */
final class ArchiveFiles implements AutoCloseable {

    private final List<Path> files;
    private final AtomicReferenceArray<FileChannel> channels;

    ArchiveFiles(List<Path> files) {
        this.files = List.copyOf(files);
        this.channels = new AtomicReferenceArray<>(files.size());
    }

    /**
     * Reads a part of a file.
     *
     * @throws IOException also if the file has become shorter
     */
    byte[] read(int file, long offset, int length) throws IOException {
        TarBytes bytes = channel(file)::read;
        try {
            return bytes.read(offset, length);
        } catch (EOFException e) {
            throw new IOException(files.get(file) + " became shorter: " + e.getMessage(), e);
        }
    }

    private FileChannel channel(int file) throws IOException {
        FileChannel open = channels.get(file);
        // A thread that is interrupted while it reads closes the channel for all.
        while (open == null || !open.isOpen()) {
            FileChannel opened = FileChannel.open(files.get(file), StandardOpenOption.READ);
            if (channels.compareAndSet(file, open, opened)) {
                return opened;
            }
            opened.close();
            open = channels.get(file);
        }
        return open;
    }

    @Override
    public void close() {
        for (int i = 0; i < channels.length(); i++) {
            FileChannel open = channels.getAndSet(i, null);
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    // Nothing was written.
                }
            }
        }
    }
}
