package alexnet.core.data.archive.parquet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

import alexnet.core.data.DataException;
import alexnet.core.data.Opening;
import alexnet.core.data.Skipped;
import alexnet.core.data.index.IndexBuilder;
import alexnet.core.data.index.SampleIndex;
import alexnet.core.data.shard.PreparationException;
import alexnet.core.data.shard.SetSize;

/**
 * The images of parquet files, copied to where each can be read by itself: in a parquet file a hundred of them are compressed together,
 * and reading them in random order would decompress each a hundred times. The copy is made when the first image is asked for, file by
 * file, and goes on where it was when it was cut off; {@link #close} removes it. Safe for use by many threads.
 */
final class Staging implements AutoCloseable {

    private static final long TOLD_EVERY_NANOS = 10_000_000_000L;

    /** The copy of one file: all its images in the order of the rows, and where each lies. */
    private record Copy(Path images, Path index) {

        static Copy of(Path folder, Path file) {
            return new Copy(folder.resolve(file.getFileName() + ".images"), folder.resolve(file.getFileName() + ".index"));
        }

        boolean isWhole() {
            return Files.exists(index) && Files.exists(images);
        }
    }

    private final List<Path> files;
    private final Path folder;
    private final boolean kept;
    private final Consumer<String> log;
    private final List<FileChannel> channels = new ArrayList<>();
    private final List<SampleIndex> indices = new ArrayList<>();
    private volatile boolean ready;
    private RuntimeException failed;

    /**
     * @param own     where the copies lie, and are removed from by {@link #close}, unless there is a folder for them
     * @param opening that folder; its log is told in lines for the user what is copied
     */
    Staging(List<Path> files, Path own, Opening opening) {
        this.files = files;
        this.folder = opening.staging().orElse(own);
        this.kept = opening.staging().isPresent();
        this.log = opening.log();
    }

    /**
     * Reads an image's file; empty where a row has none.
     *
     * @param file which of the files
     * @param row  which of its rows
     */
    byte[] read(int file, int row) throws IOException {
        if (!ready) {
            copyAll();
        }
        SampleIndex index = indices.get(file);
        ByteBuffer bytes = ByteBuffer.allocate(index.length(row));
        while (bytes.hasRemaining()) {
            if (channels.get(file).read(bytes, index.offset(row) + bytes.position()) < 0) {
                throw new IOException("the copy of " + files.get(file) + " in " + folder + " became shorter");
            }
        }
        if (checksum(bytes.array()) != index.checksum(row)) {
            throw new IOException("the copy of " + files.get(file) + " in " + folder + " has changed: remove it");
        }
        return bytes.array();
    }

    private synchronized void copyAll() {
        if (ready) {
            return;
        }
        if (failed != null) {
            throw failed;
        }
        try {
            copyAnew();
        } catch (IOException e) {
            // What was read tells of itself.
            failed = new PreparationException("cannot write to " + folder + ": " + Skipped.reason(e) + "; what is there stays, the same command goes on");
            throw failed;
        } catch (RuntimeException e) {
            // Whoever else waits for an image need not try it all again.
            failed = e;
            throw e;
        }
    }

    private void copyAnew() throws IOException {
        Files.createDirectories(folder);
        requireRoom();
        long told = System.nanoTime();
        for (int i = 0; i < files.size(); i++) {
            Copy copy = Copy.of(folder, files.get(i));
            if (!copy.isWhole()) {
                copy(files.get(i), copy);
            }
            if (System.nanoTime() - told > TOLD_EVERY_NANOS) {
                told = System.nanoTime();
                log.accept("copied " + (i + 1) + " of " + RowIndex.count(files));
            }
        }
        for (Path file : files) {
            Copy copy = Copy.of(folder, file);
            channels.add(FileChannel.open(copy.images, StandardOpenOption.READ));
            indices.add(SampleIndex.open(copy.index));
        }
        ready = true;
    }

    /** Bytes that will be copied to a disk. */
    long copies(FileStore disk) throws IOException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return Files.getFileStore(there).equals(disk) ? missing() : 0;
    }

    /** Bytes of the copies that are not there yet. */
    private long missing() {
        long missing = 0;
        for (Path file : files) {
            if (!Copy.of(folder, file).isWhole()) {
                try (ParquetFile parquet = new ParquetFile(file)) {
                    missing += parquet.imageBytes();
                }
            }
        }
        return missing;
    }

    private void requireRoom() throws IOException {
        long needed = missing();
        long room = Files.getFileStore(folder).getUsableSpace();
        if (needed > room) {
            throw new PreparationException("the images of " + files.getFirst().getParent() + " have to be copied to " + folder + " first, which takes "
                    + SetSize.text(needed) + ", and its disk has " + SetSize.text(room) + " free: make room");
        }
        if (needed > 0) {
            log.accept("copying the images of " + RowIndex.count(files) + ", " + SetSize.text(needed) + ", to " + folder);
        }
    }

    private void copy(Path file, Copy copy) throws IOException {
        Path images = folder.resolve("images.unfinished");
        Path index = folder.resolve("index.unfinished");
        IndexBuilder builder = new IndexBuilder();
        try (ParquetFile parquet = new ParquetFile(file); OutputStream output = new BufferedOutputStream(Files.newOutputStream(images), 1 << 20)) {
            long[] position = {0};
            parquet.images(bytes -> {
                byte[] image = bytes == null ? new byte[0] : bytes;
                try {
                    output.write(image);
                } catch (IOException e) {
                    throw new PreparationException("cannot write " + images + ": " + Skipped.reason(e) + "; what is there stays, the same command goes on");
                }
                builder.add("", 0, 0, position[0], image.length, checksum(image));
                position[0] += image.length;
            });
            if (builder.size() != parquet.rows()) {
                throw new DataException(file + " has " + builder.size() + " images, and says " + parquet.rows());
            }
        }
        builder.write(index, List.of());
        Files.move(images, copy.images, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // Last, as it says that the images are whole.
        Files.move(index, copy.index, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Removes what was copied where nobody else does. */
    @Override
    public synchronized void close() {
        try {
            for (FileChannel channel : channels) {
                channel.close();
            }
            indices.forEach(SampleIndex::close);
            channels.clear();
            indices.clear();
            ready = false;
            for (Path file : kept ? List.<Path>of() : files) {
                Copy copy = Copy.of(folder, file);
                Files.deleteIfExists(copy.index);
                Files.deleteIfExists(copy.images);
            }
        } catch (IOException e) {
            throw new DataException("cannot remove the copy of " + files.getFirst().getParent() + " in " + folder + ": " + Skipped.reason(e), e);
        }
    }
}
