package alexnet.core.checkpoint;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is written whole or not at all: until its end it is a temporary one in the same folder. Whenever the program or
 * the machine stops, the file is either the old one or the new one. A process that is killed leaves its temporary file, which
 * the next one to write the same file takes away.
 */
public final class WholeFile implements AutoCloseable {

    private final Path file;
    private final Path temporary;

    private WholeFile(Path file, Path temporary) {
        this.file = file;
        this.temporary = temporary;
    }

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {

        /** Writes it, from the channel's position on. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Makes the temporary file, empty, so that a place that cannot be written is found before the content is there.
     *
     * @throws IOException if it cannot be made, or would take the place of a device, a pipe or a folder
     */
    public static WholeFile open(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "no regular file, which a new one could replace");
        }
        try {
            sweep(file, owner -> ProcessHandle.of(owner).isEmpty());
        } catch (IOException ignored) {
            // A folder may be written that cannot be listed.
        }
        Path temporary = temporary(file);
        Files.write(temporary, new byte[0]);
        return new WholeFile(file, temporary);
    }

    private static Path temporary(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    }

    /**
     * Opens a file and writes it at once.
     *
     * @throws IOException if it cannot be written; no temporary file is left
     */
    public static void write(Path file, Content content) throws IOException {
        try (WholeFile whole = open(file)) {
            whole.write(content);
        }
    }

    /** The same of content that is in memory. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, channel -> Channels.newOutputStream(channel).write(content));
    }

    /**
     * Gives a file a second name, which costs no space and stays when the first is replaced; a copy where the file system has no
     * links.
     *
     * @param file replaced if it is there
     * @throws IOException if it cannot be made
     */
    public static void link(Path existing, Path file) throws IOException {
        try (WholeFile whole = new WholeFile(file, temporary(file))) {
            Files.deleteIfExists(whole.temporary);
            try {
                Files.createLink(whole.temporary, existing);
            } catch (UnsupportedOperationException | IOException noLinks) {
                Files.copy(existing, whole.temporary, StandardCopyOption.REPLACE_EXISTING);
                try (FileChannel copy = FileChannel.open(whole.temporary, StandardOpenOption.WRITE)) {
                    copy.force(true);
                }
            }
            whole.moveIntoPlace();
        }
    }

    /**
     * Deletes what processes that were killed have left of a file, whatever their numbers, which a machine gives again. Only for
     * who knows that nobody else is writing the file.
     *
     * @throws IOException if the folder cannot be read or what is left cannot be deleted
     */
    public static void sweep(Path file) throws IOException {
        sweep(file, _ -> true);
    }

    private static void sweep(Path file, LongPredicate owner) throws IOException {
        Pattern left = Pattern.compile(Pattern.quote("." + file.getFileName() + ".") + "(\\d{1,18})\\.tmp");
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(file.toAbsolutePath().getParent())) {
            for (Path sibling : siblings) {
                Matcher name = left.matcher(sibling.getFileName().toString());
                if (name.matches() && owner.test(Long.parseLong(name.group(1)))) {
                    Files.deleteIfExists(sibling);
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
    }

    /**
     * Writes the content, forces it to the disk and puts the file in its place, or in that of an earlier content.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            content.writeTo(channel);
            channel.force(true);
        }
        moveIntoPlace();
    }

    /** A new name is on the disk when its folder is. */
    private void moveIntoPlace() throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException ignored) {
            // Windows opens no folders and some file systems force none: there the name comes to the disk a little later.
        }
    }

    /** Leaves no temporary file. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException ignored) {
            // What stopped the write has been reported already and may well stop this too.
        }
    }
}
