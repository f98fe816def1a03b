package alexnet.core.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Keeps a folder for one writer. The lock is the operating system's, on an empty file, so that it ends with the process whatever
 * ends that; the file stays.
 */
public final class FolderLock implements AutoCloseable {

    /** The file. */
    public static final String NAME = ".lock";

    /** Of this process: to open and close the file a second time would, by POSIX, give up the lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;
    /** Of the file, by which it is known again. */
    private final Object key;

    private FolderLock(Path folder, FileChannel channel) throws IOException {
        this.folder = folder;
        this.channel = channel;
        this.key = Files.readAttributes(folder.resolve(NAME), BasicFileAttributes.class).fileKey();
    }

    /**
     * Takes the lock.
     *
     * @param folder there
     * @param taken  what is thrown if another has it
     * @throws IOException if the folder cannot be written or the file system has no locks
     */
    public static FolderLock take(Path folder, Supplier<? extends RuntimeException> taken) throws IOException {
        Path real = folder.toRealPath();
        if (!HELD.add(real)) {
            throw taken.get();
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(real.resolve(NAME), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            if (channel.tryLock() == null) {
                throw taken.get();
            }
            return new FolderLock(real, channel);
        } catch (IOException | RuntimeException failure) {
            if (channel != null) {
                channel.close();
            }
            HELD.remove(real);
            throw failure;
        }
    }

    /**
     * Makes sure that the lock lies where it was taken.
     *
     * @throws IOException if the folder was deleted, moved or replaced
     */
    public void requireHeld() throws IOException {
        Object now;
        try {
            now = Files.readAttributes(folder.resolve(NAME), BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException gone) {
            throw new FileSystemException(folder.toString(), null, "the folder was deleted or moved while it was written to");
        }
        if (!Objects.equals(key, now)) {
            throw new FileSystemException(folder.toString(), null, "the folder was replaced by another while it was written to");
        }
    }

    /** Deletes the folder, if there is nothing else in it than the lock. */
    public void discardFolder() {
        try {
            Files.deleteIfExists(folder.resolve(NAME));
            Files.deleteIfExists(folder);
        } catch (IOException notEmpty) {
            // Then it is of use to somebody.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(folder);
    }
}
