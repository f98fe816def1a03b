package alexnet.core.data.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;

import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;

/** Lists what lies in a folder, and says so where that fails, at its beginning or on the way. */
public final class Listing {

    private Listing() {
    }

    /**
     * Goes through a folder.
     *
     * @param use gets what lies in it, in no order
     * @throws DataException if it cannot be listed
     */
    public static <T> T of(Path folder, Function<Stream<Path>, T> use) {
        try (Stream<Path> inside = Files.list(folder)) {
            return use.apply(inside);
        } catch (IOException e) {
            throw failed(folder, e);
        } catch (UncheckedIOException e) {
            throw failed(folder, e.getCause());
        }
    }

    private static DataException failed(Path folder, IOException failure) {
        return new DataException("cannot list the files of " + folder + ": " + Skipped.reason(failure), failure);
    }
}
