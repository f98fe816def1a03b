package alexnet.core.data.archive.ilsvrc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import alexnet.core.data.ClassName;
import alexnet.core.data.folder.Foreign;

/**
 * Where ILSVRC's images lie: {@code train/<wnid>/} with a {@code val/} without folders, as in Kaggle's {@code ILSVRC/Data/CLS-LOC}.
 *
 * @param training   the folder with a folder for each class
 * @param validation the folder of the validation images
 * @param firstImage the name of one of them
 */
record FlatFolders(Path training, Path validation, String firstImage) {

    private static final Pattern IMAGE = Pattern.compile("ILSVRC\\d{4}_val_\\d{8}.*\\.(?i:jpe?g)");
    private static final int FOLDERS_LOOKED_INTO = 60;
    private static final int LOOKED_AT = 100;

    /** Finds them in a folder or in those below it; of all others, as little is looked at as tells. */
    static Optional<FlatFolders> find(Path path) {
        Deque<Path> left = new ArrayDeque<>(List.of(path));
        for (int looked = 0; looked < FOLDERS_LOOKED_INTO && !left.isEmpty(); looked++) {
            Path folder = left.remove();
            Path training = folder.resolve("train");
            Path validation = folder.resolve("val");
            if (first(training, entry -> ClassName.isWnid(name(entry)) && Files.isDirectory(entry)).isPresent()) {
                Optional<Path> image = first(validation, entry -> IMAGE.matcher(name(entry)).matches());
                return image.map(found -> new FlatFolders(training, validation, name(found)));
            }
            try (Stream<Path> inside = Files.list(folder)) {
                inside.limit(LOOKED_AT).filter(entry -> !Foreign.named(name(entry)) && Files.isDirectory(entry)).sorted().forEach(left::add);
            } catch (IOException | UncheckedIOException e) {
                // Whoever lists all of it will say so.
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> first(Path folder, Predicate<Path> holds) {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.limit(LOOKED_AT).filter(holds).findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
