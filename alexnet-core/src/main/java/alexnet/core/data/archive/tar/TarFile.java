package alexnet.core.data.archive.tar;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;

/** Tars that are files. */
public final class TarFile {

    private TarFile() {
    }

    /**
     * Goes through the headers of a tar.
     *
     * @throws DataException as {@link TarScan#scan}
     */
    public static TarFindings scan(Path file, TarScan.Visitor visitor) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return TarScan.scan(channel::read, file.toString(), 0, channel.size(), visitor);
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + Skipped.reason(e), e);
        }
    }

    /** The first files in a tar, so many at most; none if it is no tar, or damaged there. */
    public static List<TarEntry> first(Path file, int count) {
        List<TarEntry> first = new ArrayList<>();
        if (Files.isRegularFile(file)) {
            try {
                scan(file, entry -> {
                    first.add(entry);
                    return first.size() < count;
                });
            } catch (DataException e) {
                // Who opens it will say what is wrong with it.
            }
        }
        return first;
    }
}
