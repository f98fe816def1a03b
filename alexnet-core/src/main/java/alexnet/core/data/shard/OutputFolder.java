package alexnet.core.data.shard;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import alexnet.core.checkpoint.FolderLock;

/** A folder that a set is prepared in, by one process at a time. */
final class OutputFolder implements AutoCloseable {

    private static final Pattern SHARD = Pattern.compile("(train|val)-\\d{6,}\\.(npy|labels\\.npy|tar)");
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.\\d{1,18}\\.tmp");

    private final SetFolder folder;
    private final FolderLock lock;
    private final boolean made;

    private OutputFolder(SetFolder folder, FolderLock lock, boolean made) {
        this.folder = folder;
        this.lock = lock;
        this.made = made;
    }

    /**
     * Claims a folder, which is made if it isn't there.
     *
     * @throws PreparationException if another process has it, or there is something else in it than a prepared set or a part of one
     * @throws IOException          if it cannot be made or written
     */
    static OutputFolder claim(SetFolder folder) throws IOException {
        Path path = folder.path();
        boolean made = !Files.isDirectory(path);
        Files.createDirectories(path);
        FolderLock lock = FolderLock.take(path, () -> new PreparationException("another preparation is writing to " + path
                + ": wait until it is over, or name another folder by --output"));
        OutputFolder claimed = new OutputFolder(folder, lock, made);
        try {
            claimed.requireOwn();
            return claimed;
        } catch (IOException | RuntimeException refused) {
            claimed.close();
            throw refused;
        }
    }

    private void requireOwn() throws IOException {
        if (Files.exists(folder.manifest()) || Files.exists(folder.unfinished())) {
            return;
        }
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder.path(), path -> !path.endsWith(FolderLock.NAME))) {
            for (Path other : others) {
                throw new PreparationException(folder.path() + " holds " + other.getFileName() + " and no prepared set: name an empty folder, or a new one, by --output");
            }
        }
    }

    /** Deletes the prepared set, or what there is of one, and nothing else; whoever is interrupted here begins anew. */
    void discardSet() throws IOException {
        Files.createDirectories(folder.unfinished());
        Files.deleteIfExists(folder.manifest());
        new Unfinished(folder).forget();
        for (Path file : List.of(folder.mean(), folder.components(), folder.eigenvalues(), folder.classes(), folder.badImages(), folder.info())) {
            Files.deleteIfExists(file);
        }
        for (Split split : Split.values()) {
            Files.deleteIfExists(folder.index(split));
            delete(folder.path().resolve(split.toString()), SHARD);
        }
        new Unfinished(folder).delete();
    }

    /** Deletes what processes that were killed have left. */
    void sweep() throws IOException {
        for (Path place : List.of(folder.path(), folder.unfinished(), folder.path().resolve(Split.TRAIN.toString()), folder.path().resolve(Split.VAL.toString()))) {
            delete(place, TEMPORARY);
        }
    }

    private static void delete(Path folder, Pattern names) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, path -> names.matcher(path.getFileName().toString()).matches())) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Ends the claim; a folder that was made for it and in which nothing has begun is deleted. */
    @Override
    public void close() throws IOException {
        try (lock) {
            if (made && !Files.exists(folder.manifest()) && !Files.exists(folder.unfinished())) {
                lock.discardFolder();
            }
        }
    }
}
